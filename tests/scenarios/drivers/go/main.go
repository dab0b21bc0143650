// Runs scenarios through the Go package. The lines are those of driver.c.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"strconv"
	"strings"
	"time"

	"basicmemory.com/bmauth"
)

type (
	fields map[string]string
	reply  map[string]any
)

func (f fields) number(name string) int64 {
	number, _ := strconv.ParseInt(f[name], 10, 64)
	return number
}

func (f fields) flag(name string) bool { return f.number(name) != 0 }

func (f fields) milliseconds(name string) time.Duration {
	return time.Duration(f.number(name)) * time.Millisecond
}

var (
	client *bmauth.Client
	login  *bmauth.Login
	token  *bmauth.Token
)

var options = map[string]any{
	"data_dir": bmauth.WithDataDir, "token_file": bmauth.WithTokenFile, "issuer": bmauth.WithIssuer,
	"client_id": bmauth.WithClientID, "cloud_host": bmauth.WithCloudHost, "api_key": bmauth.WithAPIKey,
	"default_project": bmauth.WithDefaultProject, "default_workspace": bmauth.WithDefaultWorkspace,
	"project_constraint": bmauth.WithProjectConstraint, "ca_file": bmauth.WithCAFile,
	"proxy": bmauth.WithProxy, "user_agent_suffix": bmauth.WithUserAgentSuffix,
	"local_base_url": bmauth.WithLocalBaseURL, "language": bmauth.WithLanguage,
	"force_local": bmauth.WithForceLocal, "force_cloud": bmauth.WithForceCloud,
	"explicit_routing": bmauth.WithExplicitRouting, "connect_timeout_ms": bmauth.WithConnectTimeout,
	"auth_timeout_ms": bmauth.WithAuthTimeout, "api_timeout_ms": bmauth.WithAPITimeout,
	"refresh_try_timeout_ms": bmauth.WithRefreshTryTimeout, "refresh_budget_ms": bmauth.WithRefreshBudget,
	"lock_timeout_ms": bmauth.WithLockTimeout, "login_timeout_ms": bmauth.WithLoginTimeout,
}

func openClient(given fields) (reply, error) {
	var chosen []bmauth.Option
	for name, text := range given {
		switch option := options[name].(type) {
		case func(string) bmauth.Option:
			chosen = append(chosen, option(text))
		case func(bmauth.Secret) bmauth.Option:
			chosen = append(chosen, option(bmauth.NewSecret(text)))
		case func(bool) bmauth.Option:
			chosen = append(chosen, option(given.flag(name)))
		case func(time.Duration) bmauth.Option:
			chosen = append(chosen, option(given.milliseconds(name)))
		}
	}
	client.Close()
	var err error
	client, err = bmauth.NewClient(chosen...)
	return reply{}, err
}

// orNull is how an absent text stands in a reply.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func ofToken(given *bmauth.Token, err error) (reply, error) {
	token.Close()
	if token = given; err != nil {
		return nil, err
	}
	headers := map[string]string{}
	for _, header := range token.Headers() {
		headers[header.Name] = header.Value.Reveal()
	}
	expiresAt := int64(0)
	if !token.ExpiresAt().IsZero() {
		expiresAt = token.ExpiresAt().Unix()
	}
	return reply{
		"access_token": orNull(token.AccessToken().Reveal()), "kind": token.Kind(),
		"source": token.Source(), "reason": token.Reason(), "origin": orNull(token.Origin()),
		"expires_at_unix_s": expiresAt, "is_persisted": token.IsPersisted(),
		"warnings": token.Warnings(), "headers": headers,
	}, nil
}

func ofLogin(err error) (reply, error) {
	if err != nil {
		return nil, err
	}
	return reply{
		"state": login.State().String(), "next_delay_ms": login.NextDelay().Milliseconds(),
		"expires_in_s": login.ExpiresIn() / time.Second, "interval_s": login.Interval() / time.Second,
		"user_code": orNull(login.UserCode()), "verification_uri": orNull(login.VerificationURI()),
		"verification_uri_complete": orNull(login.VerificationURIComplete()),
	}, nil
}

func ofReport(report *bmauth.Report, err error) (reply, error) {
	if err != nil {
		return nil, err
	}
	defer report.Close()
	return reply{"report": json.RawMessage(report.JSON())}, nil
}

func ofError(err error) reply {
	var failure *bmauth.Error
	if !errors.As(err, &failure) {
		return reply{"error": reply{"name": "not an error of bmauth", "message": err.Error()}}
	}
	said := orNull(failure.OAuthErrorDescription)
	return reply{"error": reply{
		"code": failure.Code, "name": failure.Name, "message": failure.Message, "remedy": failure.Remedy,
		"oauth_error": orNull(failure.OAuthError), "oauth_error_description": said,
		"http_status": failure.HTTPStatus, "exit_status": failure.ExitStatus,
		"is_retryable": failure.IsRetryable, "retry_after_ms": failure.RetryAfter.Milliseconds(),
	}}
}

func route(ctx context.Context, verb string, given fields) (answer reply, err error) {
	modes := map[string]bmauth.Override{"local": bmauth.OverrideLocal, "cloud": bmauth.OverrideCloud}
	route, err := client.Route(bmauth.RouteRequest{
		Project: given["project"], Workspace: given["workspace"], Override: modes[given["override"]],
		UseDefaultProject: given.flag("use_default_project"),
	})
	if err != nil {
		return nil, err
	}
	defer route.Close()
	if verb == "headers" {
		return ofToken(client.Headers(ctx, route))
	}
	return answer, json.Unmarshal([]byte(route.JSON()), &answer)
}

func purpose(given fields) bmauth.Purpose {
	if given["purpose"] == "project" {
		return bmauth.PurposeProject
	}
	return bmauth.PurposeAccount
}

func call(ctx context.Context, verb string, given fields) (reply, error) {
	switch verb {
	case "open":
		return openClient(given)
	case "close":
		return reply{}, client.Close()
	case "route", "headers":
		return route(ctx, verb, given)
	case "headers_for_url":
		return ofToken(client.HeadersForURL(ctx, given["url"]))
	case "token":
		return ofToken(client.Token(ctx, purpose(given), given.milliseconds("min_validity_ms")))
	case "fresh_token":
		return ofToken(client.FreshToken(purpose(given)))
	case "header":
		value, err := client.FreshHeader(purpose(given))
		return reply{"value": value.Reveal()}, err
	case "mode":
		mode, isKnown, err := client.Mode(given["project"])
		return reply{"mode": mode.String(), "is_known": isKnown}, err
	case "invalidate":
		return reply{}, client.Invalidate(token)
	case "refresh_step":
		isReady, delay, err := client.RefreshStep(ctx, given.milliseconds("min_validity_ms"))
		return reply{"is_ready": isReady, "next_delay_ms": delay.Milliseconds()}, err
	case "projects":
		return ofReport(client.Projects())
	case "status":
		return ofReport(client.Status(ctx, given.flag("offline")))
	case "whoami":
		return ofReport(client.Whoami(ctx, given.flag("offline")))
	case "logout":
		return ofReport(client.Logout(ctx))
	case "login_begin":
		var err error
		login.Close()
		login, err = client.LoginBegin(ctx, given.flag("forced"))
		return ofLogin(err)
	case "login_poll":
		_, _, err := login.Poll(ctx)
		return ofLogin(err)
	case "login_wait":
		return ofLogin(login.Wait(ctx))
	case "login_report":
		return ofReport(login.Report())
	}
	return reply{"unknown_verb": true}, nil
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		words := strings.Split(lines.Text(), "\t")
		given := fields{}
		for _, word := range words[1:] {
			name, value, _ := strings.Cut(word, "=")
			given[name] = value
		}
		ctx, cancel := context.WithCancel(context.Background())
		if _, isWanted := given["cancel_after_ms"]; isWanted {
			time.AfterFunc(given.milliseconds("cancel_after_ms"), cancel)
		}
		answer, err := call(ctx, words[0], given)
		cancel()
		if err != nil {
			answer = ofError(err)
		}
		if err := answers.Encode(answer); err != nil {
			os.Exit(1)
		}
	}
}
