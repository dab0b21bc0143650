"""The Go package's declarations: codes, enumerations, options, and a type for each handle.

Beside the generated files stand those by hand that they call: object.go (ownership), call.go (errors,
contexts), text.go (values).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import c_text, go_text
from .model import PREFIX, Api, Function, Handle, ListProperty, Param
from .render import render, wrap

FOLDER = "bindings/go"
# More inputs than these are a struct, whose zero value is C's "none" everywhere.
MANY = 2


def file_name(name: str) -> str:
    return f"{FOLDER}/{name}_generated.go"


def is_options(api: Api, handle: str) -> bool:
    """Objects that can only be made, set and freed: functional options in Go."""
    methods = api.methods(handle)
    kinds = {method.kind for method in methods}
    is_input = any(
        param.type.kind == "handle" and param.type.name == handle
        for function in api.functions
        if function.kind == "constructor"
        for param in function.inputs
    )
    return is_input and "setter" in kinds and kinds <= {"constructor", "destructor", "setter"}


def is_context(param: Param) -> bool:
    return param.type.kind == "handle" and param.type.name == "cancel"


@dataclass(frozen=True)
class Method:
    """One function of a handle, in pieces that its template puts together."""

    function: Function
    owner: str  # the Go type
    options: frozenset[str]  # handles that are functional options

    @property
    def name(self) -> str:
        if self.function.kind == "constructor":
            return f"New{self.owner}"
        return go_text.method_name(self.function)

    @property
    def given(self) -> tuple[Param, ...]:
        """Inputs that Go's caller sees, without the context."""
        return tuple(param for param in self.function.inputs if not is_context(param))

    @property
    def has_context(self) -> bool:
        return any(is_context(param) for param in self.function.inputs)

    @property
    def request(self) -> str:
        """The struct that holds the inputs, if there are many."""
        return f"{self.name}Request" if len(self.given) > MANY else ""

    def is_option_list(self, param: Param) -> bool:
        return param.type.kind == "handle" and param.type.name in self.options

    def value(self, param: Param) -> str:
        """How the body names an input."""
        if self.request:
            return f"request.{go_text.field_name(param)}"
        return go_text.param_name(param)

    @property
    def parameters(self) -> str:
        listed = ["ctx context.Context"] if self.has_context else []
        if self.request:
            listed.append(f"request {self.request}")
            return ", ".join(listed)
        for param in self.given:
            type_ = "...Option" if self.is_option_list(param) else go_text.param_type(param)
            listed.append(f"{go_text.param_name(param)} {type_}")
        return ", ".join(listed)

    @property
    def results(self) -> list[str]:
        return [go_text.param_type(param) for param in self.function.outputs]

    @property
    def signature(self) -> str:
        """From the receiver to the results."""
        receiver = (
            "" if self.function.kind == "constructor" else f"({self.receiver} *{self.owner}) "
        )
        named = [
            f"{go_text.param_name(param)} {go_text.param_type(param)}"
            for param in self.function.outputs
        ]
        # Several results are named, for the reader; one needs no name.
        listed = [*named, "err error"] if len(named) > 1 else [*self.results, "error"]
        answer = listed[0] if len(listed) == 1 else f"({', '.join(listed)})"
        return f"func {receiver}{self.name}({self.parameters}) {answer}"

    @property
    def receiver(self) -> str:
        return self.owner[0].lower()

    def failed(self, error: str = "err") -> str:
        """A return statement for a failure."""
        return f"return {', '.join([*(go_text.zero(type_) for type_ in self.results), error])}"

    def prepared(self, param: Param) -> list[str]:
        """Lines that make an input ready for C."""
        name, local = self.value(param), go_text.param_name(param)
        if self.is_option_list(param):
            return [
                f"given, err := newOptions({name})",
                *self._checked(),
                f"defer C.{PREFIX}{param.type.name}_free(given)",
            ]
        if param.type.kind == "string":
            make = "cTextOrNull" if param.is_nullable else "cText"
            free = "freeSecret" if param.is_secret else "freeText"
            text = f"{name}.Reveal()" if param.is_secret else name
            # A setter's only input is called `value`: its own name says more in a message.
            label = param.name
            if self.function.kind == "setter":
                label = self.function.verb[len("set_") :]
            return [
                f'{local}Text, err := {make}("{label}", {text})',
                *self._checked(),
                f"defer {free}({local}Text)",
            ]
        if param.type.kind == "handle" and param.is_nullable:
            return [  # nil is none; what is closed is a mistake
                f"var {local}Object *object",
                f"if {name} != nil {{",
                f'\theld, err := {name}.inner().begin("{param.name}")',
                *(f"\t{line}" for line in self._checked()),
                "\tdefer held.release()",
                f"\t{local}Object = held",
                "}",
            ]
        if param.type.kind == "handle":
            return [f"{local}Object := {name}.inner().acquire()", f"defer {local}Object.release()"]
        return []

    def _checked(self) -> list[str]:
        return ["if err != nil {", f"\t{self.failed()}", "}"]

    def argument(self, param: Param) -> str:
        if param.is_out:
            return f"&{go_text.param_name(param)}Out"
        if is_context(param):
            return "cancel"
        if self.is_option_list(param):
            return "given"
        if param.type.kind == "string":
            return f"{go_text.param_name(param)}Text"
        if param.type.kind == "handle":
            pointer = go_text.c_pointer(param.type.name)
            return f"({pointer})({go_text.param_name(param)}Object.get())"
        return go_text.to_c(param, self.value(param))

    @property
    def own(self) -> list[str]:
        """The object in front."""
        if not self.function.takes_handle:
            return []
        return [f"({go_text.c_pointer(self.function.handle)})(self.get())"]

    @property
    def call(self) -> str:
        listed = [*self.own, *(self.argument(param) for param in self.function.params)]
        if self.function.is_fallible:
            listed.append("failure")
        return f"C.{self.function.name}({', '.join(listed)})"

    def out_variable(self, param: Param) -> str:
        kind = param.type.kind
        if kind == "handle":
            c_type = go_text.c_pointer(param.type.name)
        elif kind in ("enum", "code"):
            c_type = f"C.{PREFIX}{param.type.name}"
        else:
            c_type = go_text.C_VALUES[kind]
        return f"var {go_text.param_name(param)}Out {c_type}"

    def out_value(self, param: Param, handles: dict[str, Handle]) -> str:
        """What an output becomes; what may change belongs to the object that made it."""
        name = f"{go_text.param_name(param)}Out"
        if param.type.kind != "handle":
            return go_text.from_c(param.type, param.unit, False, name)
        handle = handles[param.type.name]
        is_dependent = self.function.takes_handle and handle.thread != "immutable"
        parent = "self" if is_dependent else "nil"
        kind = go_text.local(handle.name)
        return f"&{go_text.exported(handle.name)}{{adopt(&{kind}Kind, unsafe.Pointer({name}), {parent})}}"

    @property
    def failed_lookup(self) -> str:
        """What a getter answers to a text that cannot be given to C."""
        returns = self.function.returns
        assert returns is not None
        if returns.absent:
            return str(returns.absent)
        found = go_text.zero(go_text.returned_type(returns))
        return f"{found}, false" if self.is_lookup else found

    @property
    def is_lookup(self) -> bool:
        """A getter with a key that may find nothing says so, as a map does."""
        returns = self.function.returns
        return bool(self.given) and returns is not None and returns.is_nullable

    def doc(self, words: go_text.Words) -> str:
        function = self.function
        parts = [words(function.doc, function.params)]
        if function.returns:
            parts.append(words(go_text.returns_doc(function.returns)))
        if not self.request:
            parts += [
                words(f"{param.name}: {param.doc}", function.params)
                for param in self.given
                if not self.is_option_list(param)
            ]
        if function.blocking != "never":
            parts.append({"io": "Network.", "wait": "Waits."}[function.blocking])
        if function.errors:
            names = ", ".join(go_text.code_constant(name) for name in function.errors)
            parts.append(f"\n\nFails with {names}.")
        return go_text.sentence(self.name, " ".join(parts), function.is_fallible)


def body(method: Method, handles: dict[str, Handle]) -> str:
    """What follows in a fallible method once its object is held."""
    function = method.function
    lines = [line for param in method.given for line in method.prepared(param)]
    lines += [method.out_variable(param) for param in function.outputs]
    # Whether `err` exists already: the object and every text that was made declare it.
    is_declared = function.takes_handle or any(re.match(r"\w+, err := ", line) for line in lines)
    is_last = not function.outputs
    if method.has_context:
        around = "callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {"
    else:
        around = "call(func(failure **C.bmauth_error) C.bmauth_code {"
    result = "return" if is_last else "err =" if is_declared else "err :="
    lines += [f"{result} {around}", f"\treturn {method.call}", "})"]
    if not is_last:
        values = [method.out_value(param, handles) for param in function.outputs]
        lines += ["if err != nil {", f"\t{method.failed()}", "}"]
        lines.append(f"return {', '.join([*values, 'nil'])}")
    return "\n".join(f"\t{line}" for line in lines)


class Owner:
    """One type of the package."""

    def __init__(self, api: Api, handle: Handle, options: frozenset[str]) -> None:
        self.handle = handle
        self.name = go_text.exported(handle.name)
        self.receiver = self.name[0].lower()
        self.lists = api.lists(handle.name)
        in_lists = {f.name for items in self.lists for f in (items.count, *items.items)}
        methods = [
            Method(function, self.name, options)
            for function in api.methods(handle.name)
            if function.name not in in_lists
        ]
        self.constructors = [m for m in methods if m.function.kind == "constructor"]
        self.getters = [m for m in methods if m.function.kind == "getter"]
        self.calls = [m for m in methods if m.function.kind in ("action", "setter")]
        # A handle's own `close` is part of Close; other signals are methods.
        self.closing = next(
            (m.function for m in methods if m.function.kind == "signal" and m.name == "Close"), None
        )
        self.signals = [m for m in methods if m.function.kind == "signal" and m.name != "Close"]
        self.free = next(m.function for m in methods if m.function.kind == "destructor")

    @property
    def kind(self) -> list[tuple[str, str]]:
        """The members of its `kind`, see object.go."""
        pointer = go_text.c_pointer(self.handle.name)

        def calls(function: Function) -> str:
            return f"func(pointer unsafe.Pointer) {{ C.{function.name}(({pointer})(pointer)) }}"

        members = []
        if self.handle.thread == "one_at_a_time":
            members.append(("isAlone", "true"))
        if self.closing:
            members.append(("end", calls(self.closing)))
        return [*members, ("free", calls(self.free))]

    def item(self, items: ListProperty) -> list[tuple[str, str]]:
        """The members of one element of a list."""
        return [
            (
                go_text.item_field(items, item),
                go_text.returned(item.returns, f"C.{item.name}(pointer, C.int64_t(i))"),
            )
            for item in items.items
            if item.returns
        ]


def imports(body: str) -> list[str]:
    """What a file's text uses."""
    code = re.sub(r"//[^\n]*", "", body)
    return [name for name in ("context", "time", "unsafe") if f"{name}." in code]


def source(body: str) -> str:
    """A file around its body."""
    return render("go_file.j2", imports=imports(body), body=body.strip("\n"))


def emit(api: Api) -> dict[str, str]:
    options = frozenset(handle.name for handle in api.handles if is_options(api, handle.name))
    words = go_text.Words(api, set(options))
    handles = {handle.name: handle for handle in api.handles}
    names = {function.name for function in api.functions}
    facts = [function for function in api.methods("error") if function.kind == "getter"]
    free_functions = [function for function in api.functions if function.kind == "function"]
    shared = {"api": api, "go": go_text, "c": c_text, "words": words, "wrap": wrap}
    files = {
        "codes": render(
            "go_codes.j2",
            **shared,
            of_codes=[f for f in free_functions if f.name.startswith(f"{PREFIX}code_")],
            others=[f for f in free_functions if not f.params],
        ),
        "enums": render("go_enums.j2", **shared),
        "error": render(
            "go_error.j2",
            **shared,
            facts=facts,
            known=[fact for fact in facts if f"{PREFIX}code_{fact.verb}" in names],
        ),
    }
    for name in sorted(options):
        setters = [Method(f, "Option", options) for f in api.methods(name) if f.kind == "setter"]
        files[name] = render("go_options.j2", **shared, setters=setters, handle=handles[name])
    for handle in api.handles:
        if handle.name in ("error", "cancel") or handle.name in options:
            continue  # an error value, a context, functional options
        owner = Owner(api, handle, options)
        files[handle.name] = render(
            "go_handle.j2", **shared, owner=owner, body=lambda m: body(m, handles)
        )
    return {file_name(name): source(body) for name, body in files.items()}
