--- unclosed string
select 'abc
from t

--- unclosed string with escape
select 'abc\'

--- unclosed name
select "abc from t

--- empty name
select "" from t

--- unclosed comment
select a /* nested /* */ from t

--- unclosed dollar string
select $x$abc$y$

--- number and letters
select 1abc

--- a name that starts with digits
select * from 2026_orders

--- typographic quotes
select ‘abc’

--- typographic double quotes
select “abc”

--- non-breaking space
select a, b from t

--- zero-width space
select a​ from t

--- emoji outside quotes
select 🎉 from t

--- emoji after a name
select a🎉 from t

--- octal escape that is not UTF-8
select '\377'

--- NUL in a string
select 'a\000b'

--- backslash outside
select a \ b

--- caret counts characters
select 'grüße', 'ñ' ? from t

--- tab before the error
select	a,
		b c d from t

--- a name that is too long
select xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx

--- a quoted name that is too long
select "éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé"

--- control character in a name
select "a	b"


--- operators of other databases
select a <@ b

--- like as an operator
select a ~~ 'x%'

--- not like as an operator
select a !~~* 'x%'

--- json path operator
select a #>> b

--- operators that run together
select a =~ b

--- end of a comment that was not opened
select a */ from t

--- a bell
select 1
