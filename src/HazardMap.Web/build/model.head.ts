// The register's types, words and fields. Made by build/model.mjs from the service's $metadata: change them there, not here.

/** What a member of an enumeration is called, and how it is drawn where it has a symbol (an SVG path in 24 x 24 units). */
export interface Word {
  zh: string
  en: string
  longZh?: string
  longEn?: string
  symbol?: string
  colour?: string
  /** Of text on a patch of that colour. */
  ink?: string
}
export type Words<Member extends string = string> = Record<Member, Word>

/** What a property is called, what it holds, and whether a client may state it when a row is made or later. */
export interface Field {
  kind: 'id' | 'text' | 'yesNo' | 'integer' | 'number' | 'day' | 'moment' | 'geometry' | 'word'
  label: { zh: string; en: string }
  /** At more length, where the label does not say it all. */
  meaning?: { zh: string; en: string }
  /** It is never null. */
  required?: boolean
  writable?: boolean
  creatable?: boolean
  maxLength?: number
  least?: number
  most?: number
  /** UCUM, such as m. */
  unit?: string
  words?: Words
}
export type GeoPoint = { type: 'Point'; coordinates: [number, number] }
