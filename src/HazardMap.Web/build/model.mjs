// Makes src/api/model.ts from what the service says of itself: its $metadata, without a server and without a database.
// Also keeps the map layers as the service resolves them, for the test that validates their styles.
// Usage: node build/model.mjs [--if-missing] [COMMAND...]   COMMAND runs the service's executable; without it the one built in Release
// does, which is built first when it is missing.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { all, annotation, labelOf, meaningOf, named, parse, restriction } from './csdl.mjs'

const WEB = dirname(dirname(fileURLToPath(import.meta.url)))
const SERVICE = join(WEB, '../HazardMap.Service')
const BUILT = join(SERVICE, 'bin/Release/net10.0/hazardmap-service')
const CORE = 'Org.OData.Core.V1'
const TYPES = {
  'Edm.Guid': ['id', 'string'],
  'Edm.String': ['text', 'string'],
  'Edm.Boolean': ['yesNo', 'boolean'],
  'Edm.Int32': ['integer', 'number'],
  'Edm.Int64': ['integer', 'number'],
  'Edm.Double': ['number', 'number'],
  'Edm.Date': ['day', 'string'],
  'Edm.DateTimeOffset': ['moment', 'string'],
  'Edm.GeographyPoint': ['geometry', 'GeoPoint'],
  'Edm.Geography': ['geometry', 'GeoJSON.Geometry'],
  'Edm.GeographyMultiPolygon': ['geometry', 'GeoJSON.MultiPolygon'],
}


/** A file that stays as it was keeps its time: nothing is built again because of it. */
function writeIfChanged(name, text) {
  const file = join(WEB, name)
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
}

function modelOf(csdl) {
  const sets = new Map(all(csdl, 'EntitySet').map((set) => [bare(set.attributes.EntityType), set]))
  const setOf = (type) => sets.get(type.attributes.Name)
  const enumerations = all(csdl, 'EnumType')
  const parts = [
    ...enumerations.map(enumeration),
    index(enumerations),
    ...all(csdl, 'ComplexType').map((type) => shapeOf(type)),
    ...all(csdl, 'EntityType').flatMap((type) => [shapeOf(type, setOf(type)), fieldsOf(type, setOf(type))]),
  ]
  return `${readFileSync(join(WEB, 'build/model.head.ts'), 'utf8').trimEnd()}\n\n${parts.join('\n\n')}\n`
}

function enumeration(type) {
  const { Name } = type.attributes
  const members = named(type, 'Member')
  const lines = members.map((member) => `  ${member.attributes.Name}: ${literal(wordOf(member))},`)
  return `export const ${plural(Name)} = [${members.map((member) => quoted(member.attributes.Name)).join(', ')}] as const
export type ${Name} = (typeof ${plural(Name)})[number]
export const ${constant(Name)}_WORDS: Words<${Name}> = {\n${lines.join('\n')}\n}`
}

function index(enumerations) {
  const lines = enumerations.map(({ attributes: { Name } }) => `  ${Name}: ${constant(Name)}_WORDS,`)
  return `/** By the enumeration's name, for what is named in a layer's style. */\nexport const WORDS = {\n${lines.join('\n')}\n}`
}

/** A member's word with everything the service's own terms add: symbol, colour, longer names. */
function wordOf(member) {
  const own = named(member, 'Annotation').filter(({ attributes }) => attributes.Term.startsWith('HazardMap.'))
  const name = ({ Term }) => Term.slice('HazardMap.'.length).replace(/^./, (first) => first.toLowerCase())
  return { ...labelOf(member), ...Object.fromEntries(own.map(({ attributes }) => [name(attributes), attributes.String])) }
}

function shapeOf(type, set) {
  const properties = named(type, 'Property').map((property) => {
    const { Name, Nullable } = property.attributes
    return `${comment(meaningOf(property)?.en, '  ')}  ${Name}: ${scriptType(property)}${Nullable === 'false' ? '' : ' | null'}`
  })
  return `${comment(set && annotation(set, `${CORE}.Description`))}export interface ${type.attributes.Name} {\n${properties.join('\n')}\n}`
}

function scriptType({ attributes: { Type } }) {
  const many = /^Collection\((.*)\)$/.exec(Type)?.[1]
  return many ? `${TYPES[many]?.[1] ?? bare(many)}[]` : (TYPES[Type]?.[1] ?? bare(Type))
}

function fieldsOf(type, set) {
  const lines = named(type, 'Property').map((property) => `  ${property.attributes.Name}: ${fieldOf(property, set)},`)
  const { Name } = type.attributes
  return `export const ${constant(Name)}_FIELDS = {\n${lines.join('\n')}\n} as const satisfies Record<keyof ${Name}, Field>`
}

function fieldOf(property, set) {
  const { Type, MaxLength, Nullable } = property.attributes
  const isComputed = annotation(property, `${CORE}.Computed`) === true
  const isImmutable = annotation(property, `${CORE}.Immutable`) === true
  const parts = {
    kind: TYPES[Type]?.[0] ?? 'word',
    label: labelOf(property),
    meaning: meaningOf(property),
    required: Nullable === 'false' || undefined,
    writable: (set && restriction(set, 'UpdateRestrictions', 'Updatable') && !isComputed && !isImmutable) || undefined,
    creatable: (set && restriction(set, 'InsertRestrictions', 'Insertable') && !isComputed) || undefined,
    maxLength: MaxLength === undefined || MaxLength === 'max' ? undefined : Number(MaxLength),
    least: annotation(property, 'Org.OData.Validation.V1.Minimum'),
    most: annotation(property, 'Org.OData.Validation.V1.Maximum'),
    unit: annotation(property, 'Org.OData.Measures.V1.Unit'),
  }
  const known = literal(Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)))
  return TYPES[Type] ? known : known.replace(/ \}$/, `, words: ${constant(bare(Type))}_WORDS }`)
}

function comment(text, indent = '') {
  return text ? `${indent}/** ${text.replaceAll('*/', '* /')} */\n` : ''
}

function literal(value) {
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object') return String(value)
  return `{ ${Object.entries(value).map(([key, inner]) => `${key}: ${literal(inner)}`).join(', ')} }`
}

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
const bare = (name) => name.replace(/^HazardMap\./, '')
/** HazardKind: HAZARD_KIND. */
const constant = (name) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase()
/** HAZARD_KINDS, HAZARD_STATUSES. */
const plural = (name) => constant(name).replace(/([^AEIOU])Y$/, '$1IE').replace(/(S|X|CH)?$/, (end) => `${end}${end ? 'ES' : 'S'}`)

const ifMissing = process.argv[2] === '--if-missing'
const [program = BUILT, ...words] = process.argv.slice(ifMissing ? 3 : 2)
const isMade = ['src/api/model.ts', 'generated/layers.json'].every((file) => existsSync(join(WEB, file)))
if (!ifMissing || !isMade) make()

function make() {
  if (program === BUILT && !existsSync(BUILT)) {
    execFileSync('dotnet', ['build', SERVICE, '-c', 'Release', '-v', 'q', '-p:BuildWebClient=false'], { stdio: 'inherit' })
  }
  mkdirSync(join(WEB, 'generated'), { recursive: true })
  writeIfChanged('src/api/model.ts', modelOf(parse(tell())))
  writeIfChanged('generated/layers.json', tell('--layers'))
}

function tell(...more) {
  return execFileSync(program, [...words, 'model', ...more], { encoding: 'utf8', maxBuffer: 64 << 20 })
}
