# Generated from bindings/spec by bmauth_gen; do not edit.
# For type checkers: the exceptions as names of the package, which finds them at run time.

from ._native import InvalidArgumentError as InvalidArgumentError
from ._native import BoxFullError as BoxFullError
from ._native import InternalError as InternalError
