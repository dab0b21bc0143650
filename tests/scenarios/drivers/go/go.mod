module driver

go 1.19

require basicmemory.com/bmauth v0.1.0

replace basicmemory.com/bmauth => ../../../../bindings/go
