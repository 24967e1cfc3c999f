// Reads CSDL in XML as far as the web app's model needs it: types, members, properties, and the annotations inside them.

const ENTITIES = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
const LABEL = 'com.sap.vocabularies.Common.v1.Label'
const DESCRIPTION = 'Org.OData.Core.V1.Description'

/** A tree of `{ name, attributes, children }`; text between elements is nothing in CSDL. */
export function parse(xml) {
  const root = { name: '', attributes: {}, children: [] }
  const path = [root]
  for (const [, closing, name, rest, empty] of xml.matchAll(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"]*")*)\s*(\/?)>/g)) {
    if (closing) path.pop()
    else {
      const element = { name, attributes: attributesOf(rest), children: [] }
      path.at(-1).children.push(element)
      if (!empty) path.push(element)
    }
  }
  return root
}

function attributesOf(text) {
  return Object.fromEntries([...text.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, name, value]) => [name, decode(value)]))
}

function decode(text) {
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (_, entity) =>
    entity[0] === '#' ? String.fromCodePoint(Number(entity[1] === 'x' ? `0${entity.slice(1)}` : entity.slice(1))) : ENTITIES[entity],
  )
}

export function all(element, name) {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)])
}

export const named = (element, name) => element.children.filter((child) => child.name === name)

/** The value of an annotation inside the element; undefined when it is not there. */
export function annotation(element, term, qualifier) {
  const found = named(element, 'Annotation').find(({ attributes }) => attributes.Term === term && attributes.Qualifier === qualifier)
  if (!found) return undefined
  const { String: text, Bool, Float, Int } = found.attributes
  return text ?? (Bool === undefined ? Number(Float ?? Int) : Bool === 'true')
}

/** What an element is called: its short label where it has one, else its description, else its name. */
export function labelOf(element) {
  const of = (qualifier) => annotation(element, LABEL, qualifier) ?? annotation(element, DESCRIPTION, qualifier)
  const en = of(undefined) ?? element.attributes.Name
  return { zh: of('zh') ?? en, en }
}

/** What it means at more length, where the label does not say it all. */
export function meaningOf(element) {
  const [zh, en] = [annotation(element, DESCRIPTION, 'zh'), annotation(element, DESCRIPTION)]
  const label = labelOf(element)
  return en === undefined || (en === label.en && (zh ?? label.zh) === label.zh) ? undefined : { zh: zh ?? en, en }
}

/** A bare value inside a record annotation of a set, such as `Capabilities.UpdateRestrictions`, `Updatable`. */
export function restriction(set, term, property) {
  const record = named(set, 'Annotation').find(({ attributes }) => attributes.Term === `Org.OData.Capabilities.V1.${term}`)
  const value = record && all(record, 'PropertyValue').find(({ attributes }) => attributes.Property === property)
  return value?.attributes.Bool === 'true'
}
