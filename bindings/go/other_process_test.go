package bmauth_test

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"basicmemory.com/bmauth"
)

// The other process is this test program once more, which does one order instead of tests.
const (
	orderVariable  = "TESTS_OF_BMAUTH_ORDER"
	folderVariable = "TESTS_OF_BMAUTH_FOLDER"
)

var orders = map[string]func(*bmauth.Client) error{
	"refresh": func(client *bmauth.Client) error {
		_, err := client.Token(background, bmauth.PurposeAccount, time.Hour)
		return err
	},
	"revoke": func(client *bmauth.Client) error {
		token, err := client.Token(background, bmauth.PurposeAccount, 0)
		if err == nil {
			err = client.Invalidate(token)
		}
		if err == nil {
			_, err = client.Token(background, bmauth.PurposeAccount, 0)
		}
		return err
	},
	"log out": func(client *bmauth.Client) error {
		_, err := client.Logout(background)
		return err
	},
}

func obey(order string) int {
	client, err := bmauth.NewClient(bmauth.WithDataDir(os.Getenv(folderVariable)))
	if err == nil {
		err = orders[order](client)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// elsewhere has another process do an order on a data directory, and waits for its end.
func elsewhere(t *testing.T, folder, order string) {
	t.Helper()
	program, err := os.Executable()
	must(t, err)
	process := exec.Command(program)
	process.Env = append(os.Environ(), orderVariable+"="+order, folderVariable+"="+folder)
	if said, err := process.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", order, err, said)
	}
}
