// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

// Color: what a box looks like. Expect numbers that are not listed.
type Color int32

const (
	// Red as a rose.
	ColorRed Color = C.BMAUTH_COLOR_RED
	// Blue as the sea.
	ColorBlue Color = C.BMAUTH_COLOR_BLUE
)

// String is the constant's name in the documentation of all languages.
func (value Color) String() string {
	switch value {
	case ColorRed:
		return "red"
	case ColorBlue:
		return "blue"
	}
	return "unknown"
}
