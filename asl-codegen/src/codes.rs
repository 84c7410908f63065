//! Every code a finding can have: its default level and its sentence. Codes are never reused.

use std::fmt;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing is reported.
    Allow,
    /// Reported; code is generated.
    Warning,
    /// No code is generated.
    Error,
}

/// What the table says of a code's level.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Severity {
    /// An error that stays one: no code can be generated.
    Error,
    /// An error unless the user allows it.
    Deny,
    /// A warning unless the user says otherwise.
    Warning,
    /// Not reported unless the user asks for it.
    Quiet,
}

macro_rules! codes {
    ($($code:ident $level:ident $summary:literal)*) => {
        /// A kind of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each code's sentence is its documentation")]
        pub enum Code {
            $(#[doc = $summary] $code,)*
        }

        impl Code {
            /// Every code, in ascending order.
            pub const ALL: &'static [Code] = &[$(Code::$code),*];

            const fn severity(self) -> Severity {
                match self {
                    $(Code::$code => Severity::$level,)*
                }
            }

            /// What the code stands for, as a phrase.
            pub const fn summary(self) -> &'static str {
                match self {
                    $(Code::$code => $summary,)*
                }
            }

            /// The code as text: `ASL0603`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Code::$code => stringify!($code),)*
                }
            }
        }
    };
}

codes! {
    ASL0001 Error "the text is not JSON or YAML"
    ASL0002 Error "the definition is empty or not an object"
    ASL0003 Error "a name appears twice in one object"
    ASL0004 Error "a YAML feature that JSON cannot hold"
    ASL0005 Error "the definition is larger than AWS takes"
    ASL0006 Error "a substitution has no value"
    ASL0007 Warning "a substitution was given and is not used"
    ASL0101 Error "a required field is missing"
    ASL0102 Error "an unknown field"
    ASL0103 Error "a field that this state type does not have"
    ASL0104 Error "a field has the wrong type"
    ASL0105 Error "a number out of its range"
    ASL0106 Error "a value that is not one of the allowed ones"
    ASL0107 Error "two fields exclude each other"
    ASL0108 Error "exactly one of several fields is needed"
    ASL0109 Error "a list that must not be empty"
    ASL0110 Warning "`\"End\": false` says nothing"
    ASL0111 Error "a state name longer than 80 characters"
    ASL0112 Error "a state name that AWS refuses"
    ASL0113 Warning "a `Version` other than \"1.0\""
    ASL0116 Error "a bad Map `Label`"
    ASL0117 Error "a Map `Label` is used twice"
    ASL0118 Error "states nested too deeply"
    ASL0119 Error "a Choice rule that mixes its forms"
    ASL0120 Error "`Credentials` without `RoleArn`"
    ASL0201 Error "`StartAt` names no state"
    ASL0202 Error "a transition to a state that does not exist"
    ASL0203 Error "a transition out of or into a branch"
    ASL0204 Deny "a state that can never be reached"
    ASL0205 Error "no terminal state"
    ASL0206 Error "a state name is used twice"
    ASL0301 Error "not a JSONPath"
    ASL0302 Error "not a Reference Path"
    ASL0303 Error "`ResultPath` with the context object or a variable"
    ASL0304 Error "the value of a `.$` field is neither a path nor an intrinsic function"
    ASL0305 Deny "a path that is passed on as text"
    ASL0306 Warning "a path in a field that takes no path"
    ASL0307 Deny "`Result` is static"
    ASL0308 Error "two template fields give the same name"
    ASL0309 Error "an unknown intrinsic function"
    ASL0310 Error "the wrong number of arguments for an intrinsic function"
    ASL0311 Deny "an argument that an intrinsic function does not take"
    ASL0312 Error "`States.Format` with more or fewer `{}` than arguments"
    ASL0313 Error "a string in a call with a bad quote or escape"
    ASL0314 Error "an intrinsic function where none is allowed"
    ASL0315 Error "calls of intrinsic functions nested too deeply"
    ASL0316 Error "a field that the context object does not have"
    ASL0401 Error "an expression that is not JSONata"
    ASL0402 Error "a JSONata delimiter without its partner"
    ASL0403 Error "a JSONPath field in a JSONata state"
    ASL0404 Error "a JSONata field in a JSONPath state"
    ASL0405 Error "a JSONPath state in a JSONata machine"
    ASL0406 Error "a field's name in an expression that has no input"
    ASL0407 Error "`$` or `$$` in an expression that has no input"
    ASL0408 Error "a member that `$states` does not have"
    ASL0409 Warning "a name with `.$` in a JSONata state"
    ASL0410 Deny "a call of a JSONata function that fails"
    ASL0411 Deny "an expression that gives what its field does not take"
    ASL0412 Deny "an expression that gives nothing"
    ASL0413 Deny "a JSONata expression in a JSONPath state is plain text"
    ASL0414 Error "`QueryLanguage` where it is not supported"
    ASL0418 Deny "an expression that fails"
    ASL0419 Quiet "an expression that may give nothing"
    ASL0501 Deny "a variable that is never assigned"
    ASL0502 Deny "a variable that has no value yet"
    ASL0503 Error "a variable that a machine around assigns too"
    ASL0504 Error "a variable of an inner machine, read outside it"
    ASL0505 Error "a bad variable name"
    ASL0601 Deny "a path that cannot exist"
    ASL0602 Warning "a path that may be missing"
    ASL0603 Deny "a task's result replaced the input that a later state reads"
    ASL0605 Deny "a filter dropped what a later state reads"
    ASL0606 Deny "a value of the wrong type"
    ASL0615 Deny "a Catch replaced the input that its handler reads"
    ASL0701 Error "`States.ALL` not alone or not last"
    ASL0703 Warning "an error name with the reserved prefix that is not predefined"
    ASL0705 Warning "a retrier or catcher that can never match"
    ASL0711 Deny "`MaxDelaySeconds` not greater than `IntervalSeconds`"
    ASL0801 Error "not an RFC 3339 timestamp"
    ASL0804 Deny "`HeartbeatSeconds` not smaller than `TimeoutSeconds`"
    ASL0901 Error "`Resource` is not an ARN"
    ASL0902 Error "not an optimised integration"
    ASL0903 Error "a pattern that the action does not offer"
    ASL0905 Deny "an unknown parameter"
    ASL0906 Deny "a required parameter is missing"
    ASL0907 Deny "a parameter of the wrong type"
    ASL0908 Warning "a parameter value outside the service's limits"
    ASL0916 Warning "parameters that exclude each other"
    ASL1001 Deny "a DynamoDB expression with a syntax error"
    ASL1002 Deny "a DynamoDB reserved word as a bare attribute name"
    ASL1003 Deny "a placeholder that is used and not defined"
    ASL1004 Deny "a placeholder that is defined and not used"
    ASL1005 Deny "an empty placeholder map"
    ASL1006 Deny "expressions and the parameters that they replaced, together"
    ASL1007 Deny "a malformed attribute value"
    ASL1008 Deny "an operand of the wrong type in a DynamoDB expression"
    ASL1009 Deny "two document paths overlap"
    ASL1010 Deny "an expression that changes a key attribute"
    ASL1011 Warning "a number where DynamoDB needs text"
    ASL1110 Warning "a variable read where a distributed Map state does not show it"
    ASL1203 Error "a part of the language that this version does not compile"
    ASL1204 Quiet "an expression that is interpreted while running"
}

impl Code {
    /// The level unless [`Options`](crate::Options) say otherwise.
    pub const fn level(self) -> Level {
        match self.severity() {
            Severity::Error | Severity::Deny => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Quiet => Level::Allow,
        }
    }

    /// Whether [`Options`](crate::Options) may set another level: code can be generated all the same.
    pub const fn is_lint(self) -> bool {
        !matches!(self.severity(), Severity::Error)
    }

    /// The code named `name`, as `ASL0603`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
