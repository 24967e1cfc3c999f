import type { Field, Words } from '../api/model'
import { locale } from '.'
import { labelIn, longWordIn, wordIn } from './wordIn'

// The register's words in the reader's language. Sentences of the app are in zh.ts and en.ts.

export const wordOf = (words: Words, member: string) => wordIn(locale.value, words, member)
export const longWordOf = (words: Words, member: string) => longWordIn(locale.value, words, member)
export const labelOf = (field: Field) => labelIn(locale.value, field)
