//! A page's body as a tree of our own: without scripts and what is hidden, small, and walked
//! without recursion, so that no nesting costs stack.

use dom_query::{Document, NodeRef};

/// Elements never shown as text, or whose text is for machines.
const UNSHOWN: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "canvas",
    "audio",
    "video",
    "map",
    "head",
    "input",
    "select",
    "textarea",
    "button",
    "dialog",
    "amp-ad",
    "amp-sidebar",
    "amp-consent",
    "amp-social-share",
    "amp-analytics",
    "img",
    "picture",
    "source",
    "link",
    "meta",
    "option",
    "datalist",
    "progress",
    "meter",
];

/// A page's body.
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// Index of a node; a child's is greater than its parent's.
pub(super) type Id = usize;

/// A node.
pub(super) struct Node {
    pub(super) parent: Id,
    pub(super) children: Vec<Id>,
    pub(super) kind: Kind,
}

/// What a node is.
pub(super) enum Kind {
    /// Characters, as they stand.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element with what is asked of it.
#[derive(Default)]
pub(super) struct Element {
    /// Lower-case name.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// Classes and id, each as its lower-case words: `post__shareTools` is post, share, tools.
    pub(super) labels: Vec<Vec<String>>,
}

impl Element {
    /// An attribute's value.
    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether one of the words stands in a class or the id.
    pub(super) fn labelled(&self, words: &[&str]) -> bool {
        self.labels.iter().flatten().any(|word| words.contains(&word.as_str()))
    }

    fn hidden(&self) -> bool {
        let style = || {
            let style: String =
                self.attr("style").unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        };
        self.attr("hidden").is_some_and(|value| value != "until-found")
            || (self.attr("aria-hidden") == Some("true") && self.name != "div" && self.name != "main")
            || style()
    }
}

impl Tree {
    /// The body of a document.
    pub(super) fn new(document: &Document) -> Self {
        let mut tree = Self { nodes: Vec::new() };
        let Some(body) = document.body() else {
            let kind = Kind::Element(Element { name: "body".to_owned(), ..Element::default() });
            tree.nodes.push(Node { parent: 0, children: Vec::new(), kind });
            return tree;
        };
        let mut waiting = vec![(body, 0)];
        while let Some((node, parent)) = waiting.pop() {
            let Some(kind) = kind(&node) else { continue };
            let id = tree.nodes.len();
            if let Kind::Element(element) = &kind
                && id != 0
                && (UNSHOWN.contains(&element.name.as_str()) || element.hidden())
            {
                continue;
            }
            tree.nodes.push(Node { parent, children: Vec::new(), kind });
            if id != 0
                && let Some(parent) = tree.nodes.get_mut(parent)
            {
                parent.children.push(id);
            }
            waiting.extend(node.children_it(true).map(|child| (child, id)));
        }
        tree
    }

    /// How many nodes; ids are below it.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A node's children, in order.
    pub(super) fn children(&self, id: Id) -> &[Id] {
        self.nodes.get(id).map_or(&[], |node| &node.children)
    }

    /// A node's parent; the body is its own.
    pub(super) fn parent(&self, id: Id) -> Id {
        self.nodes.get(id).map_or(0, |node| node.parent)
    }

    /// The element, where the node is one.
    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match self.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::Element(element)) => Some(element),
            _ => None,
        }
    }

    /// The characters, where the node is text.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match self.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The element's name; empty for text.
    pub(super) fn name(&self, id: Id) -> &str {
        self.element(id).map_or("", |element| element.name.as_str())
    }

    /// The node and those it stands in, outwards.
    pub(super) fn upwards(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(Some(id), |id| (*id != 0).then(|| self.parent(*id)))
    }

    /// The node and all below it, in the page's order, without those `skip` names and what is below.
    pub(super) fn below<'a>(&'a self, id: Id, skip: &'a dyn Fn(Id) -> bool) -> impl Iterator<Item = Id> + 'a {
        let mut waiting = vec![id];
        std::iter::from_fn(move || {
            loop {
                let id = waiting.pop()?;
                if !skip(id) {
                    waiting.extend(self.children(id).iter().rev());
                    return Some(id);
                }
            }
        })
    }

    /// All text below, whitespace collapsed.
    pub(super) fn plain(&self, id: Id) -> String {
        let mut plain = String::new();
        let mut last = 0;
        for id in self.below(id, &|_| false) {
            if let Some(text) = self.text(id) {
                if super::text::lacks_space(self, last, id, &plain, text) {
                    plain.push(' ');
                }
                last = id;
                plain.push_str(text);
            } else if !super::text::is_inline(self.name(id)) {
                plain.push(' ');
            }
        }
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn kind(node: &NodeRef<'_>) -> Option<Kind> {
    if node.is_text() {
        return Some(Kind::Text(node.text().to_string()));
    }
    let name = node.node_name()?.to_ascii_lowercase();
    let attributes: Vec<(String, String)> = node
        .attrs()
        .into_iter()
        .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
        .filter(|(name, value)| value.len() < 2000 || name == "content")
        .collect();
    let labels = attributes
        .iter()
        .filter(|(name, _)| name == "class" || name == "id")
        .flat_map(|(_, value)| value.split_whitespace().map(words))
        .collect();
    Some(Kind::Element(Element { name, attributes, labels }))
}

/// The words of a label, lower-case: `post__shareTools` is post, share, tools.
fn words(label: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for letter in label.chars() {
        if !letter.is_ascii_alphabetic() || (small && letter.is_ascii_uppercase()) {
            words.push(String::new());
        }
        small = letter.is_ascii_lowercase();
        if letter.is_ascii_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_fall_into_words() {
        assert_eq!(words("post__shareTools"), ["post", "share", "tools"]);
        assert_eq!(words("AD-slot2"), ["ad", "slot"]);
        assert_eq!(words("nav"), ["nav"]);
    }

    #[test]
    fn what_is_not_shown_is_not_in_the_tree() {
        let html = "<body>a<script>b</script><p style='DISPLAY : none'>c</p><p hidden>d</p><i aria-hidden=true>e</i>f</body>";
        assert_eq!(Tree::new(&Document::from(html)).plain(0), "af");
    }
}
