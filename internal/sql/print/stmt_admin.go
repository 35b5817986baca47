package print

import "github.com/atolldata/atoll/internal/sql/ast"

// administration prints a statement that neither defines relations nor changes
// their rows.
func (p *printer) administration(s ast.Statement) {
	switch s := s.(type) {
	case *ast.Copy:
		p.copy(s)
	case *ast.CopyJob:
		p.text("COPY ")
		p.copyJob(s)
	case *ast.CreateTemplate:
		p.createTemplate(s)
	case *ast.Unload:
		p.unload(s)
	case *ast.Grant, *ast.DefaultPrivileges, *ast.CreatePolicy, *ast.AttachPolicy, *ast.CreateUser, *ast.AlterUser,
		*ast.CreateGroup, *ast.AlterGroup, *ast.CreateRole, *ast.AlterRole, *ast.DropObject:
		p.access(s)
	case *ast.CreateRoutine, *ast.AlterRoutine, *ast.DropRoutine, *ast.Call, *ast.CreateLibrary:
		p.routineStatement(s)
	case *ast.ShowObject, *ast.ShowList, *ast.ShowGrants, *ast.CreateDatashare, *ast.AlterDatashare, *ast.Describe:
		p.catalogue(s)
	default:
		p.session(s)
	}
}
