/** A division in the table beside the map, whatever was asked: its figure, whom it stands for, how far they have to go. */
export interface DivisionLine {
  code: string
  name: string
  value: number | null
  valueText: string
  colour: string
  need: number
  needText: string
  far: number | null
  farText: string
  change?: number | null
  changeText?: string
}
