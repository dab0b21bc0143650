package bmauth

import (
	"fmt"
	"io"
	"unsafe"
)

// redacted is what every way to print a Secret shows.
const redacted = "[secret]"

// Secret is a text that must not be seen: an access token or an API key. Printing, formatting and
// encoding it show "[secret]", also where it is a field of something else. It cannot be compared by
// accident either. The zero Secret is empty.
type Secret struct {
	_ [0]func() // cannot be compared
	// Of a string, or nil. Without its type, fmt and reflection show the address at most, even of an
	// unexported field, which they print without asking for a String method.
	text unsafe.Pointer
}

// NewSecret makes a Secret of a text.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{text: unsafe.Pointer(&text)}
}

// Reveal returns the text itself. Never log, print or store it.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *(*string)(s.text)
}

// IsEmpty says whether there is no text.
func (s Secret) IsEmpty() bool {
	return s.text == nil
}

// String implements fmt.Stringer.
func (s Secret) String() string { return redacted }

// GoString implements fmt.GoStringer.
func (s Secret) GoString() string { return redacted }

// Format implements fmt.Formatter, for all verbs.
func (s Secret) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, redacted) }

// MarshalText implements encoding.TextMarshaler.
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalJSON implements json.Marshaler.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }
