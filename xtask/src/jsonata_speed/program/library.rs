use asl_runtime::Value;
use asl_runtime::jsonata::{Evaluation, Result, Variables};

/// What an expression reads.
pub struct Given<'g> {
    pub evaluation: &'g Evaluation<'g>,
    pub bindings: &'g dyn Variables,
}

type Compiled = for<'a> fn(&Evaluation<'a>, &'a dyn Variables) -> Result<Option<Value>>;

impl<'g> Given<'g> {
    fn value(self, function: Compiled) -> Option<Value> {
        self.evaluation.begin();
        function(self.evaluation, self.bindings).ok()?
    }
}
