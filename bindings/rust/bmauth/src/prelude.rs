//! What the generated files use.

pub(crate) use std::fmt;
pub(crate) use std::time::{Duration, SystemTime};

pub(crate) use bmauth_sys::{self as sys, Text};

pub(crate) use crate::generated::*;
pub(crate) use crate::secret::Secret;
pub(crate) use crate::text::*;
pub(crate) use crate::version;
pub(crate) use crate::Result;
