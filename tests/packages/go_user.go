// A user of the installed package: logs in, routes, sends a request. One JSON object a line.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"basicmemory.com/bmauth"
	"basicmemory.com/bmauth/bmauthhttp"
)

func say(members map[string]any) error {
	return json.NewEncoder(os.Stdout).Encode(members)
}

func run(ctx context.Context) error {
	client, err := bmauth.NewClient()
	if err != nil {
		return err
	}
	defer client.Close()
	report, err := client.Login(ctx, false, func(login *bmauth.Login) error {
		return say(map[string]any{"user_code": login.UserCode()})
	})
	if err != nil {
		return err
	}
	email, _ := report.Text("/identity/email")
	route, err := client.Route(bmauth.RouteRequest{Project: "research", Override: bmauth.OverrideCloud})
	if err != nil {
		return err
	}
	sender := http.Client{Transport: &bmauthhttp.Transport{Client: client, Route: route}}
	answer, err := sender.Get(route.BaseURL() + "/notes")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	return say(map[string]any{
		"version": bmauth.Version(), "email": email, "mode": route.Mode(), "status": answer.StatusCode,
	})
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
