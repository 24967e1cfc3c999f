// Below zoom 9 a tile carries cells with counts per grade. Each is drawn as a ring of the grades' shares with the
// count inside: a single worst colour would make every bubble of a prefecture red. The style names the image by shares
// in sixteenths (a grade that occurs keeps at least one), so a few hundred pictures serve every cell.

export const DONUT_PIXELS = 144

export function parseDonut(id: string): number[] | null {
  return /^donut(-\d+)+$/.test(id) ? id.split('-').slice(1).map(Number) : null
}

export function paintDonut(shares: number[], colours: readonly string[]): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = DONUT_PIXELS
  const context = canvas.getContext('2d')!
  const middle = DONUT_PIXELS / 2
  const disc = (radius: number, colour: string) => {
    context.beginPath()
    context.arc(middle, middle, radius, 0, 2 * Math.PI)
    context.fillStyle = colour
    context.fill()
  }
  disc(middle - 2, 'rgba(255,255,255,0.95)')
  paintRing(context, shares, colours, middle, middle - 7)
  disc(middle - 25, '#ffffff')
  return context.getImageData(0, 0, DONUT_PIXELS, DONUT_PIXELS)
}

function paintRing(context: CanvasRenderingContext2D, shares: number[], colours: readonly string[], middle: number, radius: number): void {
  const sum = shares.reduce((a, b) => a + b, 0) || 1
  let from = -Math.PI / 2
  shares.forEach((share, index) => {
    const to = from + (share / sum) * 2 * Math.PI
    context.beginPath()
    context.moveTo(middle, middle)
    context.arc(middle, middle, radius, from, to)
    context.fillStyle = colours[index] ?? '#6b7a82'
    context.fill()
    from = to
  })
}
