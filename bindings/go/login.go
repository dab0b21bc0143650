package bmauth

import "context"

// Login is a whole login: it begins one, hands it to show where a person is needed, waits, and
// returns the report. show tells the person where to go and which code to compare; it may call
// OpenBrowser, and an error of its own gives the login up.
func (c *Client) Login(ctx context.Context, isForced bool, show func(*Login) error) (*Report, error) {
	login, err := c.LoginBegin(ctx, isForced)
	if err != nil {
		return nil, err
	}
	defer login.Close()
	if show != nil && login.UserCode() != "" {
		if err := show(login); err != nil {
			return nil, err
		}
	}
	if err := login.Wait(ctx); err != nil {
		return nil, err
	}
	return login.Report()
}
