// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

// PollState: how far a login is. Expect numbers that are not listed.
type PollState int32

const (
	// The person has not approved yet, or a check is still to be made.
	LoginPending PollState = C.BMAUTH_LOGIN_PENDING
	// Nothing is left to do; the report is ready.
	LoginDone PollState = C.BMAUTH_LOGIN_DONE
)

// String is the constant's name in the documentation of all languages.
func (value PollState) String() string {
	switch value {
	case LoginPending:
		return "pending"
	case LoginDone:
		return "done"
	}
	return "unknown"
}

// Override: local or cloud by the caller's will (contract, section 8, row 1). Expect numbers that
// are not listed.
type Override int32

const (
	// Settings and project decide.
	OverrideNone Override = C.BMAUTH_OVERRIDE_NONE
	// Local, whatever is configured.
	OverrideLocal Override = C.BMAUTH_OVERRIDE_LOCAL
	// The cloud, whatever is configured.
	OverrideCloud Override = C.BMAUTH_OVERRIDE_CLOUD
)

// String is the constant's name in the documentation of all languages.
func (value Override) String() string {
	switch value {
	case OverrideNone:
		return "none"
	case OverrideLocal:
		return "local"
	case OverrideCloud:
		return "cloud"
	}
	return "unknown"
}

// Mode: where a project's requests go (contract, section 8). Expect numbers that are not listed.
type Mode int32

const (
	// To this machine.
	ModeLocal Mode = C.BMAUTH_MODE_LOCAL
	// To the cloud.
	ModeCloud Mode = C.BMAUTH_MODE_CLOUD
)

// String is the constant's name in the documentation of all languages.
func (value Mode) String() string {
	switch value {
	case ModeLocal:
		return "local"
	case ModeCloud:
		return "cloud"
	}
	return "unknown"
}

// Purpose: what a credential is for (contract, section 6). Expect numbers that are not listed.
type Purpose int32

const (
	// Requests under /proxy: the API key, else the session.
	PurposeProject Purpose = C.BMAUTH_PURPOSE_PROJECT
	// All others: the session, else the API key.
	PurposeAccount Purpose = C.BMAUTH_PURPOSE_ACCOUNT
)

// String is the constant's name in the documentation of all languages.
func (value Purpose) String() string {
	switch value {
	case PurposeProject:
		return "project"
	case PurposeAccount:
		return "account"
	}
	return "unknown"
}
