// The register's words, as the contract names them. Labels are in i18n/, under the same names.

export const LEVELS = ['Red', 'Orange', 'Yellow', 'Blue'] as const
export const HAZARD_KINDS = ['River', 'Stream', 'Lake', 'Reservoir', 'Pond', 'Canal', 'Well', 'Pit', 'Weir', 'Other'] as const
export const FACILITY_KINDS = [
  'School', 'Kindergarten', 'ChildrensHome', 'SwimmingPool', 'CareHome',
  'Canteen', 'Bathhouse', 'CounsellingRoom', 'SocialWorkStation', 'ProtectionCentre',
] as const
export const FLOWS = ['Still', 'Slow', 'Fast'] as const
export const BANKS = ['Gentle', 'Steep', 'Sheer'] as const
export const ACCESSES = ['Open', 'Restricted', 'Fenced'] as const
export const STATUSES = ['Active', 'Rectifying', 'Closed'] as const
export const ROLES = ['Leader', 'Owner', 'Warden', 'Inspector', 'Rescuer'] as const

export type Level = (typeof LEVELS)[number]
export type HazardKind = (typeof HAZARD_KINDS)[number]
export type FacilityKind = (typeof FACILITY_KINDS)[number]
export type Status = (typeof STATUSES)[number]

/** The four ones (四个一): warning sign, life ring, rope, pole. */
export const FOUR_ONES = ['HasSign', 'HasRing', 'HasRope', 'HasPole'] as const
export type One = (typeof FOUR_ONES)[number]

export type GeoPoint = { type: 'Point'; coordinates: [number, number] }

/** A row of the ledger table: what the list needs of a water, nothing else. */
export interface HazardRow {
  Id: string
  Code: string
  Name: string
  Kind: HazardKind
  Location: GeoPoint
  DivisionCode: string
  Access: string | null
  HasSign: boolean
  HasRing: boolean
  HasRope: boolean
  HasPole: boolean
  Status: Status
  RiskScore: number | null
  RiskLevel: Level | null
}

export const ROW_PROPERTIES = [
  'Id', 'Code', 'Name', 'Kind', 'Location', 'DivisionCode', 'Access', 'HasSign', 'HasRing', 'HasRope', 'HasPole',
  'Status', 'RiskScore', 'RiskLevel',
] as const satisfies readonly (keyof HazardRow)[]

/** One water with everything its ledger says. */
export interface Hazard extends HazardRow {
  Shape: GeoJSON.Geometry
  DepthMetres: number | null
  Flow: string | null
  Bank: string | null
  HasCamera: boolean
  OwnerUnit: string | null
  LastInspectedAt: string | null
  NextInspectionDueAt: string | null
  IsSynthetic: boolean
  Source: string | null
  CreatedAt: string
  UpdatedAt: string
  Version: number
}

export interface Division {
  Code: string
  Name: string
  Level: 'Prefecture' | 'County' | 'Township' | 'Village'
  ParentCode: string | null
}

export interface Responsibility {
  Id: string
  Role: string
  PersonId: string
  ValidFrom: string
  ValidTo: string | null
}

export interface Person {
  Id: string
  Name: string
  Phone: string | null
  Unit: string | null
  Post: string | null
  Level: string | null
}

export interface RiskFactor {
  Name: string
  Value: string | null
  Multiplier: number
  Source: string
  /** The same in Chinese. */
  SourceZh?: string | null
  /** How sure the rule's author is of this number: low, medium, high. */
  Sureness?: string | null
}

export interface Exposure {
  FacilityId: string
  FacilityName: string
  Kind: FacilityKind
  DistanceMetres: number
  Mode: 'Straight' | 'Walk'
  /** Of a walk: from the door to the network, along it, and from the network to the bank. */
  DoorMetres: number | null
  PathMetres: number | null
  BankMetres: number | null
  Under5: number
  Aged5To14: number
  /** Children weighted by distance; times the factors it is the contribution. */
  Exposure: number
  Contribution: number
}

export interface Explanation {
  Score: number
  Level: Level
  Rule: string
  /** The score of the rule's reference month and hour, whichever time was asked for. */
  ReferenceScore: number
  Factors: RiskFactor[]
  Exposures: Exposure[]
  /** The worst reach, under a rule that scores reaches. */
  Reach: { Ordinal: number; Of: number; Longitude: number; Latitude: number; FromMetres: number | null; ToMetres: number | null } | null
}

/** How a rule runs through the year and the day. */
export interface RiskProfile {
  UtcOffsetMinutes: number
  ReferenceMonth: number
  ReferenceHour: number
  Months: { Month: number; Multiplier: number }[]
  Hours: { Hour: number; Multiplier: number }[]
}

/** A measure somebody could take, and what the score would be then. */
export interface RiskMeasure {
  Name: string
  Score: number
  Level: Level
  SentenceEn: string
  SentenceZh: string
}

export interface LevelChange {
  Id: string
  FromLevel: Level | null
  ToLevel: Level
  FromScore: number | null
  ToScore: number
  Rule: string
  Cause: string
  ChangedAt: string
  ChangedBy: string
}

/** One of the worst waters of a division, with its reasons in a sentence. */
export interface WorstHazard {
  Id: string
  Code: string
  Name: string
  Level: Level
  Score: number
  ReasonEn: string
  ReasonZh: string
}
