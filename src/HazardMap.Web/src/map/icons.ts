import type { Map as MapLibre } from 'maplibre-gl'
import { DONUT_PIXELS, paintDonut, parseDonut } from './donut'
import type { Layer, Shape } from './layers'

const RATIO = 3
const UNITS = 24

/** Registers every symbol that the layers' legends name as an image; donuts are painted when a tile first asks for one. */
export function addIcons(map: MapLibre, layers: readonly Layer[]): void {
  for (const { image, legend } of layers) {
    if (image) for (const { value, symbol } of legend) add(map, image.replace('{value}', value), symbol)
  }
  const donut = layers.find((layer) => layer.donut)?.donut
  map.setMissingStyleImageResolver((id) => {
    const shares = donut && parseDonut(id)
    if (shares) map.addImage(id, paintDonut(shares, donut), { pixelRatio: DONUT_PIXELS / 48 })
  })
}

function add(map: MapLibre, id: string, symbol: readonly Shape[]): void {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = UNITS * RATIO
  const context = canvas.getContext('2d')!
  context.scale(RATIO, RATIO)
  context.lineJoin = 'round'
  for (const shape of symbol) paint(context, shape)
  map.addImage(id, context.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: RATIO })
}

function paint(context: CanvasRenderingContext2D, { path, fill, stroke, width = 1, offset = 0, scale = 1 }: Shape): void {
  context.save()
  context.translate(offset, offset)
  context.scale(scale, scale)
  const outline = new Path2D(path)
  if (stroke) {
    context.strokeStyle = stroke
    context.lineWidth = width
    context.stroke(outline)
  }
  if (fill) {
    context.fillStyle = fill
    context.fill(outline, 'evenodd')
  }
  context.restore()
}
