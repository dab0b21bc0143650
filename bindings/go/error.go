package bmauth

// Error implements error: what went wrong, in one line and without a secret.
func (e *Error) Error() string {
	return e.Message
}

// Is makes errors.Is(err, bmauth.ErrNoCredentials) compare codes.
func (e *Error) Is(target error) bool {
	code, isCode := target.(Code)
	return isCode && e.Code == code
}

// Unwrap returns the context's error if that ended the call: errors.Is(err, context.Canceled).
func (e *Error) Unwrap() error {
	return e.cause
}

// Error implements error, so that codes are what errors.Is compares with.
func (c Code) Error() string {
	return c.Name()
}
