import type { Hazard } from '../api/model'

/** The four ones (四个一): warning sign, life ring, rope, pole. */
export const FOUR_ONES = ['HasSign', 'HasRing', 'HasRope', 'HasPole'] as const satisfies readonly (keyof Hazard)[]
export type One = (typeof FOUR_ONES)[number]

/** Line drawings, 24 x 24: sign, ring, rope, pole, camera. */
export const ONE_ICONS: Record<One | 'HasCamera', string> = {
  HasSign: 'M12 3.500 20.500 17h-17zM12 8.500v4M12 14.800v.1M12 17v4.500',
  HasRing:
    'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM12 8.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7z' +
    'M6 6l3.500 3.500M18 6l-3.500 3.500M6 18l3.500-3.500M18 18l-3.500-3.500',
  HasRope:
    'M5 8c0-2 3-3.500 7-3.500S19 6 19 8s-3 3.500-7 3.500S5 10 5 8z' +
    'M5 8v4c0 2 3 3.500 7 3.500s7-1.500 7-3.500V8M5 12v4c0 2 3 3.500 7 3.500 1.500 0 2.500-.2 3.500-.5l3.500 1.500',
  HasPole: 'M4 20.500 18 6.500M18 6.500c2-2 .5-4.500-1.500-4-1.500.4-1.800 2-.8 3M8 16.500l1.800 1.800M12 12.500l1.800 1.800',
  HasCamera: 'M3.500 7.500 17 4.500l2 6.500-13.500 3zM19 8l2-.5M9 13.500V19M6 19.500h6',
}
