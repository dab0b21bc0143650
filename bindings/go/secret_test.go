package bmauth_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"basicmemory.com/bmauth"
)

// printed is a value in every way that fmt and the encoders know.
func printed(t *testing.T, value any) string {
	t.Helper()
	var all strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%p", "%T"} {
		fmt.Fprintf(&all, verb+"\n", value)
	}
	fmt.Fprintln(&all, value)
	if text, err := json.Marshal(value); err == nil {
		all.Write(text)
	}
	return all.String()
}

func TestASecretShowsItselfNowhere(t *testing.T) {
	secret := bmauth.NewSecret("CANARY")
	hidden := struct{ inner bmauth.Secret }{secret}
	values := map[string]any{
		"itself": secret, "a pointer": &secret, "a field": struct{ Key bmauth.Secret }{secret},
		"a field that fmt may not call": hidden, "a pointer to that": &hidden,
		"an element": []bmauth.Secret{secret}, "a value": map[string]bmauth.Secret{"key": secret},
		"an error": fmt.Errorf("%w: %v", errors.New("no"), secret),
	}
	for name, value := range values {
		text := printed(t, value)
		for _, canary := range []string{"CANARY", "43414e415259", "43414E415259"} {
			if strings.Contains(text, canary) {
				t.Errorf("%s shows it: %s", name, text)
			}
		}
	}
	equal(t, "what it shows", secret.String(), "[secret]")
	equal(t, "in Go's syntax", secret.GoString(), "[secret]")
	text, err := secret.MarshalText()
	equal(t, "as text", string(text), "[secret]")
	must(t, err)
	equal(t, "revealed", secret.Reveal(), "CANARY")
}

func TestTheZeroSecretIsEmpty(t *testing.T) {
	var zero bmauth.Secret
	equal(t, "zero", zero.IsEmpty(), true)
	equal(t, "zero, revealed", zero.Reveal(), "")
	equal(t, "of an empty text", bmauth.NewSecret("").IsEmpty(), true)
	equal(t, "of a text", bmauth.NewSecret("x").IsEmpty(), false)
}

func TestWhatHoldsACredentialDoesNotShowIt(t *testing.T) {
	client, _ := world(t, bmauth.WithAPIKey(bmauth.NewSecret(keyCanary)))
	token, err := client.HeadersForURL(background, cloud.CloudHost+"/proxy/health")
	must(t, err)
	defer token.Close()
	equal(t, "the key", token.AccessToken().Reveal(), keyCanary)
	option := bmauth.WithAPIKey(bmauth.NewSecret(keyCanary))
	for name, value := range map[string]any{
		"client": client, "token": token, "headers": token.Headers(), "option": option,
	} {
		if strings.Contains(printed(t, value), keyCanary) {
			t.Errorf("%s shows the key", name)
		}
	}
}

func TestAKeyOfNoFormIsNotRepeatedInTheError(t *testing.T) {
	client, _ := world(t, bmauth.WithAPIKey(bmauth.NewSecret("CANARY with spaces")))
	_, err := client.Token(background, bmauth.PurposeProject, 0)
	failure := mustBe(t, err, bmauth.ErrInvalidAPIKey)
	if strings.Contains(fmt.Sprintf("%+v", *failure), "CANARY") {
		t.Error("the error shows the key")
	}
}
