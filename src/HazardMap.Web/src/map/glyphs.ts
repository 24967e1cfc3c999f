import type { FacilityKind, Level } from '../register/words'

// Drawn symbols, shared by the map (canvas) and the legend (svg): one path, two painters. 24 x 24 units.

export interface FacilitySymbol {
  colour: string
  /** Filled with white on the badge. */
  path: string
}

export const BADGE = 'M6 1h12a5 5 0 0 1 5 5v12a5 5 0 0 1-5 5H6a5 5 0 0 1-5-5V6a5 5 0 0 1 5-5z'

const EDUCATION = '#5d3f8f'
const CHILDREN = '#a0326f'
const WATER = '#0b6f80'
const CARE = '#4b6320'
const SUPPORT = '#2f4a5c'

export const FACILITY_SYMBOLS: Record<FacilityKind, FacilitySymbol> = {
  School: { colour: EDUCATION, path: 'M12 5 3 9.500l9 4.500 9-4.500zM6.500 13v3.200c2.600 2.400 8.400 2.400 11 0V13L12 15.800z' },
  Kindergarten: { colour: EDUCATION, path: 'M12 4.500a3.200 3.200 0 1 1 0 6.400 3.200 3.200 0 0 1 0-6.400zM6 12.200l3 .8h6l3-.8.6 1.800-3.400 1.400v4.100h-2.200v-2.800h-2v2.800H8.800v-4.100L5.400 14z' },
  ChildrensHome: { colour: CHILDREN, path: 'M12 4 3.500 11H6v8.500h12V11h2.500zM12 17l-2.900-2.700a1.900 1.900 0 0 1 2.900-2.400 1.900 1.900 0 0 1 2.900 2.400z' },
  SwimmingPool: { colour: WATER, path: 'M16.800 7.800a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM6.500 11.500l4.600-4.900 1.400 1.300-1.900 2 3.400 3.600H6.500zM3.500 15c2-1.600 3.700-1.600 5.700 0s3.600 1.600 5.600 0 3.700-1.600 5.700 0v2.200c-2-1.600-3.700-1.600-5.700 0s-3.600 1.600-5.600 0-3.700-1.600-5.700 0z' },
  CareHome: { colour: CARE, path: 'M10 4a2.300 2.300 0 1 1 0 4.600A2.300 2.300 0 0 1 10 4zM7.300 9.500h5l2.200 3.300 3 .5-.3 1.900-4-.7-.9-1.200-.2 2.600 1.400 4H11.200l-1-3.100-1.400 3.100H6.500l1.800-4.600zM17.700 11.500h1.400v8.400h-1.400z' },
  Canteen: { colour: CARE, path: 'M3.800 12h16.400a8.200 8.200 0 0 1-5 7.200v.8H8.800v-.8a8.200 8.200 0 0 1-5-7.200zM8 4.500h1.500v5.800H8zM11.250 4.500h1.500v5.800h-1.500zM14.500 4.500H16v5.800h-1.500z' },
  Bathhouse: { colour: WATER, path: 'M5.500 4h6a3.500 3.500 0 0 1 3.500 3.500V8a4.500 4.500 0 0 1 4.300 4.500H8.800A4.500 4.500 0 0 1 13 8v-.5A1.500 1.500 0 0 0 11.500 6h-6zM9.500 14h1.600v2.200H9.500zM13.200 14h1.600v2.200h-1.600zM16.900 14h1.600v2.200h-1.600zM11.300 17.300h1.600v2.200h-1.600zM15.100 17.300h1.600v2.200h-1.600z' },
  CounsellingRoom: { colour: SUPPORT, path: 'M5.500 5h13A1.500 1.500 0 0 1 20 6.500v8a1.500 1.500 0 0 1-1.500 1.500H12l-4.500 4v-4h-2A1.500 1.500 0 0 1 4 14.500v-8A1.500 1.500 0 0 1 5.500 5zM8 9v1.800h8V9zM8 12v1.600h5V12z' },
  SocialWorkStation: { colour: SUPPORT, path: 'M8 5.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM16 5.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM3.500 18.500v-3a4 4 0 0 1 4-4h1a4 4 0 0 1 3.500 2 4 4 0 0 1 3.500-2h1a4 4 0 0 1 4 4v3z' },
  ProtectionCentre: { colour: SUPPORT, path: 'M12 3.500l7.500 2.600v5.400c0 4.600-3.100 7.700-7.500 9.300-4.400-1.600-7.500-4.700-7.500-9.300V6.100zM10.900 15.800l5.300-5.400-1.300-1.300-4 4.100-1.900-1.900L7.700 12.600z' },
}

/** A grade has a shape as well as a colour: triangle, diamond, square, disc. */
export const LEVEL_SHAPES: Record<Level | 'None', string> = {
  Red: 'M12 3 22 20.500H2z',
  Orange: 'M12 2 22 12 12 22 2 12z',
  Yellow: 'M4 4h16v16H4z',
  Blue: 'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17z',
  None: 'M12 6a6 6 0 1 1 0 12 6 6 0 0 1 0-12z',
}
