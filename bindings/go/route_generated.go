// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

import "unsafe"

// Route: where a project's requests go, and why. It never changes: any goroutine may read it.
type Route struct {
	object *object
}

var routeKind = kind{
	free: func(pointer unsafe.Pointer) { C.bmauth_route_free((*C.bmauth_route)(pointer)) },
}

// Close frees a route. Closing twice is harmless. What was forgotten is closed by the garbage
// collector, some time. The error is always nil.
func (r *Route) Close() error {
	r.inner().close()
	return nil
}

// inner is nil for nil and for the zero value, which nothing can be asked of.
func (r *Route) inner() *object {
	if r == nil {
		return nil
	}
	return r.object
}

// Mode: local or cloud. "local" or "cloud".
func (r *Route) Mode() string {
	self := r.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_route_mode((*C.bmauth_route)(self.get())))
}

// Source: what decided. "call", "environment", "project", "workspace" or "default".
func (r *Route) Source() string {
	self := r.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_route_source((*C.bmauth_route)(self.get())))
}

// Reason: the same in words, naming the variable, file or argument. One line.
func (r *Route) Reason() string {
	self := r.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_route_reason((*C.bmauth_route)(self.get())))
}

// IsExplicit: whether somebody chose it explicitly: by an override in the call or by explicit
// routing. True if so.
func (r *Route) IsExplicit() bool {
	self := r.inner().acquire()
	defer self.release()
	return C.bmauth_route_is_explicit((*C.bmauth_route)(self.get())) != 0
}

// Project: the project. The configured name of a known one, else as asked for; nothing if there is
// none.
func (r *Route) Project() string {
	self := r.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_route_project((*C.bmauth_route)(self.get())))
}

// IsKnown: whether the project is configured. True if so; false also when there is no project.
func (r *Route) IsKnown() bool {
	self := r.inner().acquire()
	defer self.release()
	return C.bmauth_route_is_known((*C.bmauth_route)(self.get())) != 0
}

// Workspace: the workspace. Nothing if there is none.
func (r *Route) Workspace() string {
	self := r.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_route_workspace((*C.bmauth_route)(self.get())))
}

// BaseURL: where requests start. The cloud host and "/proxy", or the configured local URL; nothing
// if there is none.
func (r *Route) BaseURL() string {
	self := r.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_route_base_url((*C.bmauth_route)(self.get())))
}

// CredentialKind: what kind of credential Client.Headers would take. "none", "api_key" or "oauth";
// "none" is no error here.
func (r *Route) CredentialKind() string {
	self := r.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_route_credential_kind((*C.bmauth_route)(self.get())))
}

// JSON: the route as a JSON object: mode, source, reason, is_explicit, project, is_known,
// workspace, base_url, credential, warnings. Compact JSON.
func (r *Route) JSON() string {
	self := r.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_route_json((*C.bmauth_route)(self.get())))
}

// Warnings: every warning, for people.
func (r *Route) Warnings() []string {
	self := r.inner().acquire()
	defer self.release()
	pointer := (*C.bmauth_route)(self.get())
	found := make([]string, C.bmauth_route_warning_count(pointer))
	for i := range found {
		found[i] = C.GoString(C.bmauth_route_warning(pointer, C.int64_t(i)))
	}
	return found
}
