module github.com/atolldata/atoll

go 1.26
