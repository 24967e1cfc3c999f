import type { Map as MapLibre } from 'maplibre-gl'
import { LEVEL_COLOURS, UNSCORED_COLOUR } from '../coverage/palette'
import { FACILITY_KINDS, LEVELS, type Level } from '../register/words'
import { BADGE, FACILITY_SYMBOLS, LEVEL_SHAPES } from './glyphs'
import { parseDonut, paintDonut, DONUT_PIXELS } from './donut'

const RATIO = 3
const UNITS = 24

/** Registers every symbol the layers name; donuts of low zooms are painted when a tile first asks for one. */
export function addIcons(map: MapLibre): void {
  for (const kind of FACILITY_KINDS) {
    const { colour, path } = FACILITY_SYMBOLS[kind]
    add(map, `facility-${kind}`, (context) => {
      fill(context, BADGE, colour, '#ffffff', 1.5)
      context.fillStyle = '#ffffff'
      context.translate(3, 3)
      context.scale(0.75, 0.75)
      context.fill(new Path2D(path), 'evenodd')
    })
  }
  for (const level of [...LEVELS, 'None' as const]) {
    const colour = level === 'None' ? UNSCORED_COLOUR : LEVEL_COLOURS[level as Level]
    add(map, `water-${level}`, (context) => fill(context, LEVEL_SHAPES[level], colour, '#ffffff', 2.5))
  }
  map.setMissingStyleImageResolver((id) => {
    const shares = parseDonut(id)
    if (shares) map.addImage(id, paintDonut(shares), { pixelRatio: DONUT_PIXELS / 48 })
  })
}

function add(map: MapLibre, id: string, paint: (context: CanvasRenderingContext2D) => void): void {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = UNITS * RATIO
  const context = canvas.getContext('2d')!
  context.scale(RATIO, RATIO)
  paint(context)
  map.addImage(id, context.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: RATIO })
}

function fill(context: CanvasRenderingContext2D, path: string, colour: string, edge: string, width: number): void {
  const shape = new Path2D(path)
  context.lineJoin = 'round'
  context.strokeStyle = edge
  context.lineWidth = width
  context.stroke(shape)
  context.fillStyle = colour
  context.fill(shape)
}
