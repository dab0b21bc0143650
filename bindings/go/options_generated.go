// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

import "time"

// Option is one thing that a program says in code: it goes before environment, config files and
// defaults. What is not given here comes from those.
type Option struct {
	apply func(options *C.bmauth_options) error
}

// WithDataDir sets the data directory. value: An absolute path.
func WithDataDir(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("data_dir", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_data_dir(options, valueText, failure)
		})
	}}
}

// WithTokenFile sets the token file, instead of the places that are searched. value: An absolute
// path.
func WithTokenFile(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("token_file", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_token_file(options, valueText, failure)
		})
	}}
}

// WithIssuer sets the authorization server. value: Its issuer URL: https, or http to loopback.
func WithIssuer(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("issuer", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_issuer(options, valueText, failure)
		})
	}}
}

// WithClientID sets the OAuth client identifier. value: The identifier.
func WithClientID(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("client_id", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_client_id(options, valueText, failure)
		})
	}}
}

// WithCloudHost sets the host of the cloud API. value: An origin such as
// "https://cloud.basicmemory.com": https, or http to loopback.
func WithCloudHost(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("cloud_host", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_cloud_host(options, valueText, failure)
		})
	}}
}

// WithAPIKey sets an API key. It is used, never written to disk. value: "bmc_" and what follows;
// its form is checked when it is used.
func WithAPIKey(value Secret) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("api_key", value.Reveal())
		if err != nil {
			return err
		}
		defer freeSecret(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_api_key(options, valueText, failure)
		})
	}}
}

// WithDefaultProject sets the project that a route takes when the default one is asked for. value:
// A project name.
func WithDefaultProject(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("default_project", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_default_project(options, valueText, failure)
		})
	}}
}

// WithDefaultWorkspace sets the workspace of cloud projects that name none. value: A tenant id
// (UUID), a slug or a name.
func WithDefaultWorkspace(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("default_workspace", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_default_workspace(options, valueText, failure)
		})
	}}
}

// WithProjectConstraint constrains this client to one project: it stands in for a missing argument,
// and another one is ErrProjectConstrained. value: A project name.
func WithProjectConstraint(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("project_constraint", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_project_constraint(options, valueText, failure)
		})
	}}
}

// WithCAFile sets a file of CA certificates, instead of the system's. value: Path of a PEM file.
func WithCAFile(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("ca_file", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_ca_file(options, valueText, failure)
		})
	}}
}

// WithProxy sets the HTTP proxy, instead of the environment's. value: Its URL; "" for no proxy at
// all.
func WithProxy(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("proxy", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_proxy(options, valueText, failure)
		})
	}}
}

// WithUserAgentSuffix adds words to the end of the user agent. value: Printable ASCII.
func WithUserAgentSuffix(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("user_agent_suffix", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_user_agent_suffix(options, valueText, failure)
		})
	}}
}

// WithLocalBaseURL sets the base URL that local routes report. value: A URL.
func WithLocalBaseURL(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("local_base_url", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_local_base_url(options, valueText, failure)
		})
	}}
}

// WithLanguage names the calling language in the user agent. For bindings. value: Name and version,
// such as "go/1.19".
func WithLanguage(value string) Option {
	return Option{func(options *C.bmauth_options) error {
		valueText, err := cText("language", value)
		if err != nil {
			return err
		}
		defer freeText(valueText)
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_language(options, valueText, failure)
		})
	}}
}

// WithForceLocal forces every route to be local, as BASIC_MEMORY_FORCE_LOCAL does. value: True to
// force, false not to, whatever the environment says.
func WithForceLocal(value bool) Option {
	return Option{func(options *C.bmauth_options) error {
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_force_local(options, cBool(value), failure)
		})
	}}
}

// WithForceCloud forces every route to the cloud, as BASIC_MEMORY_FORCE_CLOUD does. value: True to
// force, false not to, whatever the environment says.
func WithForceCloud(value bool) Option {
	return Option{func(options *C.bmauth_options) error {
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_force_cloud(options, cBool(value), failure)
		})
	}}
}

// WithExplicitRouting leaves the projects' modes out of the decision, as
// BASIC_MEMORY_EXPLICIT_ROUTING does. value: True to do so, false not to, whatever the environment
// says.
func WithExplicitRouting(value bool) Option {
	return Option{func(options *C.bmauth_options) error {
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_explicit_routing(options, cBool(value), failure)
		})
	}}
}

// WithConnectTimeout limits making a connection. connectTimeout: 1 to 3600000; if it is never set,
// 5000.
func WithConnectTimeout(connectTimeout time.Duration) Option {
	return Option{func(options *C.bmauth_options) error {
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_connect_timeout_ms(options, C.int64_t(inUnits(connectTimeout, time.Millisecond)), failure)
		})
	}}
}

// WithAuthTimeout limits one request to the authorization server. authTimeout: 1 to 3600000; if it
// is never set, 15000.
func WithAuthTimeout(authTimeout time.Duration) Option {
	return Option{func(options *C.bmauth_options) error {
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_auth_timeout_ms(options, C.int64_t(inUnits(authTimeout, time.Millisecond)), failure)
		})
	}}
}

// WithRefreshTryTimeout limits one try of a refresh. refreshTryTimeout: 1 to 3600000; if it is
// never set, 5000.
func WithRefreshTryTimeout(refreshTryTimeout time.Duration) Option {
	return Option{func(options *C.bmauth_options) error {
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_refresh_try_timeout_ms(options, C.int64_t(inUnits(refreshTryTimeout, time.Millisecond)), failure)
		})
	}}
}

// WithRefreshBudget limits all tries of one refresh together. refreshBudget: 1 to 3600000; if it is
// never set, 20000.
func WithRefreshBudget(refreshBudget time.Duration) Option {
	return Option{func(options *C.bmauth_options) error {
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_refresh_budget_ms(options, C.int64_t(inUnits(refreshBudget, time.Millisecond)), failure)
		})
	}}
}

// WithAPITimeout limits one request to the cloud API. apiTimeout: 1 to 3600000; if it is never set,
// 30000.
func WithAPITimeout(apiTimeout time.Duration) Option {
	return Option{func(options *C.bmauth_options) error {
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_api_timeout_ms(options, C.int64_t(inUnits(apiTimeout, time.Millisecond)), failure)
		})
	}}
}

// WithLockTimeout limits waiting for the session's lock; then ErrLockTimeout. lockTimeout: 1 to
// 3600000; if it is never set, 25000.
func WithLockTimeout(lockTimeout time.Duration) Option {
	return Option{func(options *C.bmauth_options) error {
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_lock_timeout_ms(options, C.int64_t(inUnits(lockTimeout, time.Millisecond)), failure)
		})
	}}
}

// WithLoginTimeout limits a whole login; then ErrLoginTimeout. loginTimeout: 1 to 3600000; if it is
// never set, 600000.
func WithLoginTimeout(loginTimeout time.Duration) Option {
	return Option{func(options *C.bmauth_options) error {
		return call(func(failure **C.bmauth_error) C.bmauth_code {
			return C.bmauth_options_set_login_timeout_ms(options, C.int64_t(inUnits(loginTimeout, time.Millisecond)), failure)
		})
	}}
}
