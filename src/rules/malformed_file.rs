//! Texts that make a generated XML file ill-formed that the server starts without.

use crate::rules::ill_formed::findings;
use crate::rules::prelude::*;
use crate::server::NEEDED_TO_START;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "malformed-file",
    category: Category::Value,
    level: Some(Severity::Warning),
    summary: "a value or name that makes another generated XML file ill-formed",
    server: "\
The templates of the server print values and names into its XML files as they are; nothing is \
escaped. A bare &, a <, ]]>, an entity that XML does not define or a control character makes the \
whole file ill-formed; so do a double quote in an attribute, -- in a comment, the name of an \
attribute that is no name in XML, and one that the template prints itself. The server starts, and \
what reads the file fails: the identity features with identity.xml, the web ports with \
catalina-server.xml. Where each key is printed is known for 6.0 to 7.1.",
    example: "\
[transport.https.properties]
protocol = \"HTTP/1.1\"
",
    instead: "\
[transport.https.properties]
maxThreads = \"250\"
",
    fixes: "\
Safe: & becomes &amp; and < becomes &lt;, where it is plain that the character itself was meant. \
None where the value goes into a file as well that is not XML: no spelling suits both.",
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    findings(analysis, &INFO, |file| !NEEDED_TO_START.contains(&file), sink);
}
