//! The text of a page setting -> the place the server sends the browser to, or what is wrong
//! with it.

/// Why a text is no place to send a browser to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageFault<'t> {
    /// A character that no URL holds: a blank, a control character, a quote and the like.
    Illegal(char),
    /// A `%` that two hexadecimal digits do not follow.
    Percent,
    /// The host of `host:9443/x`, which stands where a URL has its scheme.
    Scheme(&'t str),
    /// A `?` or a `#`, behind which the server still appends a `?` of its own.
    Tail(char),
}

/// What is wrong with the text of a page; the empty text is left alone.
pub fn fault(text: &str) -> Option<PageFault<'_>> {
    illegal(text).or_else(|| host_as_scheme(text).map(PageFault::Scheme)).or_else(|| tail(text))
}

/// The scheme and the host of an absolute URL.
pub fn origin(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    if !scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')) {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let port = host.rfind(':').filter(|colon| !host[*colon..].contains(']'));
    Some((scheme, &host[..port.unwrap_or(host.len())]))
}

/// The web application and the page in it of a path on the server itself.
pub fn local(text: &str) -> Option<(&str, &str)> {
    if text.starts_with("//") || text.contains(':') {
        return None;
    }
    text.strip_prefix('/').unwrap_or(text).split_once('/')
}

fn illegal(text: &str) -> Option<PageFault<'_>> {
    // Brackets are legal around the address of a host, and illegal in a path.
    let path = match origin(text) {
        Some((_, host)) => text.find(host).unwrap_or(0) + host.len(),
        None if text.contains(':') => text.len(),
        None => 0,
    };
    text.char_indices().find_map(|(at, c)| match c {
        '%' => (!is_escape(&text[at..])).then_some(PageFault::Percent),
        '[' | ']' if at < path => None,
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' => {
            Some(PageFault::Illegal(c))
        }
        c if c.is_whitespace() || c.is_control() => Some(PageFault::Illegal(c)),
        _ => None,
    })
}

fn is_escape(text: &str) -> bool {
    let digits = text.as_bytes().get(1..3);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// The host of `host:port` or `host:port/path`.
fn host_as_scheme(text: &str) -> Option<&str> {
    let (host, rest) = text.split_once(':')?;
    let port = rest.split('/').next().unwrap_or(rest);
    let is_port = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    (is_port && !host.is_empty() && !host.contains('/')).then_some(host)
}

fn tail(text: &str) -> Option<PageFault<'_>> {
    // `&#63;` is one character to the server, and its `#` is none.
    let mut previous = ' ';
    text.chars().find_map(|c| {
        let found = c == '?' || (c == '#' && previous != '&');
        previous = c;
        found.then_some(PageFault::Tail(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_pages_pass() {
        for page in [
            "",
            "authenticationendpoint/smsOtp.jsp",
            "/authenticationendpoint/sms_otp.do",
            "https://id.example.org/a/b.jsp",
            "https://id.example.org:9443/a;v=1,2/b%20c.jsp",
            "http://[::1]:9443/a.jsp",
            "//cdn.example.org/a.jsp",
            "mobile(1).jsp",
            "a/é.jsp",
            "a/&#63;b=1",
        ] {
            assert_eq!(fault(page), None, "{page}");
        }
    }

    #[test]
    fn finds_what_breaks_a_page() {
        let pairs = [
            ("a b.jsp", PageFault::Illegal(' ')),
            (" a.jsp", PageFault::Illegal(' ')),
            ("a.jsp\n", PageFault::Illegal('\n')),
            ("a\u{a0}b", PageFault::Illegal('\u{a0}')),
            ("a\\b.jsp", PageFault::Illegal('\\')),
            ("a[1].jsp", PageFault::Illegal('[')),
            ("a%2.jsp", PageFault::Percent),
            ("100%", PageFault::Percent),
            ("localhost:9443/a.jsp", PageFault::Scheme("localhost")),
            ("id.example.org:443", PageFault::Scheme("id.example.org")),
            ("a.jsp?x=1", PageFault::Tail('?')),
            ("https://id.example.org/a#top", PageFault::Tail('#')),
        ];
        for (page, expected) in pairs {
            assert_eq!(fault(page), Some(expected), "{page}");
        }
    }

    #[test]
    fn tells_hosts_and_web_applications() {
        assert_eq!(origin("http://u@[::1]:9443/x"), Some(("http", "[::1]")));
        assert_eq!(origin("https://localhost"), Some(("https", "localhost")));
        assert_eq!(origin("a/b.jsp"), None);
        assert_eq!(local("/a/b/c.jsp"), Some(("a", "b/c.jsp")));
        assert_eq!(local("b.jsp"), None);
        assert_eq!(local("https://x/a/b.jsp"), None);
        assert_eq!(local("//x/a/b.jsp"), None);
    }
}
