//! Texts that make an XML file ill-formed without which the server does not complete its start or
//! has no authenticator.

use crate::rules::ill_formed::findings;
use crate::rules::prelude::*;
use crate::server::NEEDED_TO_START;

pub(super) const RULE: Rule = Rule { info: &INFO, check: Some(check) };

static INFO: RuleInfo = RuleInfo {
    name: "malformed-xml",
    category: Category::Startup,
    level: Some(Severity::Error),
    summary: "a value or name that makes an XML file ill-formed which the server needs to start",
    server: "\
The templates of the server print values and names into its XML files as they are; nothing is \
escaped. A bare &, a <, ]]>, an entity that XML does not define or a control character makes the \
whole file ill-formed, and in an attribute a double quote does, too. Then no authenticator is \
configured at all (application-authentication.xml), the server stops (carbon.xml) or never \
completes its start (user-mgt.xml, tenant-mgt.xml, master-datasources.xml, registry.xml). &amp;, \
&lt; and &#65; are read as the characters they stand for. A value takes its text along to every \
shipped value that refers to it. Where each key is printed is known for 6.0 to 7.1; what concerns \
authenticators is the same in every release.",
    example: "\
[database.identity_db]
type = \"mysql\"
url = \"jdbc:mysql://db.example.org:3306/identity?useSSL=true&requireSSL=true\"
",
    instead: "\
[database.identity_db]
type = \"mysql\"
url = \"jdbc:mysql://db.example.org:3306/identity?useSSL=true&amp;requireSSL=true\"
",
    fixes: "\
Safe: & becomes &amp; and < becomes &lt;, where it is plain that the character itself was meant. \
The server could not start before. None where the value goes into a file as well that is not XML: \
no spelling suits both.",
    concerns: Concerns::Every,
    ..RuleInfo::PLAIN
};

fn check(analysis: &Analysis<'_>, sink: &mut Sink) {
    findings(analysis, &INFO, |file| NEEDED_TO_START.contains(&file), sink);
}
