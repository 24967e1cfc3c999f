import { HAZARD_FIELDS, type Field, type Hazard } from '../api/model'
import { FOUR_ONES } from './ones'

export type HazardField = keyof Hazard

/** What an inspector looks at first. A property that is not named here comes after them, in the order of the register. */
const ORDER: readonly HazardField[] = [
  'Name', 'Kind', 'Status', 'DivisionCode', 'Access', 'DepthMetres', 'Flow', 'Bank', ...FOUR_ONES, 'HasCamera', 'OwnerUnit',
  'OwnGrade', 'OwnGradeOn', 'OwnGradeBy',
  'LastInspectedAt', 'NextInspectionDueAt', 'Location',
]
/** What the panel shows elsewhere: in its heading, among the four ones, in the explanation of the score, or as a sample's badge. */
const SHOWN_ELSEWHERE: readonly HazardField[] = [
  'Id', 'Code', 'Name', 'Status', ...FOUR_ONES, 'HasCamera', 'RiskScore', 'RiskLevel', 'RiskRule', 'IsSynthetic', 'Shape',
  'Visits', 'Deadliness', 'DeadlinessRatio', 'RiskLow', 'RiskHigh', 'LevelHeld', 'OtherLevel',
]

const place = (name: HazardField) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)
const ordered = (Object.entries(HAZARD_FIELDS) as [HazardField, Field][]).sort(([a], [b]) => place(a) - place(b))

/** What a form about a water asks: everything that may be changed and is not drawn. */
export const FORM: readonly [HazardField, Field][] = ordered.filter(([, field]) => field.writable && field.kind !== 'geometry')

/** What is told about a water besides. */
export const FACTS: readonly [HazardField, Field][] = ordered.filter(([name]) => !SHOWN_ELSEWHERE.includes(name))
