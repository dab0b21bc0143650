module basicmemory.com/bmauth

go 1.19
