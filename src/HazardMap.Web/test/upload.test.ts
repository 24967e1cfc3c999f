import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { uploadPhoto } from '../src/photos/upload'

const INSPECTION = '0198c0de-0000-7000-8000-000000000001'

/** A service that takes pieces, and a network that cuts some requests when half of their bytes have gone through. */
class Pond {
  kept: number[] = []
  sent = 0
  requests: string[] = []
  cuts: (request: number) => boolean = () => false
  refuses: { status: number; code: string } | null = null
  length = 0

  async answer(url: string, init: RequestInit): Promise<Response> {
    const number = this.requests.push(`${init.method} ${url}`)
    const headers = new Headers(init.headers)
    expect(headers.get('Tus-Resumable')).toBe('1.0.0')
    const isCut = this.cuts(number)
    if (init.method === 'POST') this.length = Number(headers.get('Upload-Length'))
    if (init.method === 'PATCH') {
      expect(Number(headers.get('Upload-Offset'))).toBe(this.kept.length)
      const piece = [...new Uint8Array(await (init.body as Blob).arrayBuffer())]
      const through = isCut ? piece.slice(0, piece.length / 2) : piece
      this.sent += through.length
      this.kept.push(...through)
    }
    if (isCut) throw new TypeError('network')
    if (this.refuses && init.method === 'PATCH')
      return Response.json({ error: { code: this.refuses.code, message: 'no' } }, { status: this.refuses.status })
    const told: Record<string, string> = { 'Upload-Offset': String(this.kept.length), Location: '/api/uploads/1' }
    if (this.length > 0 && this.kept.length === this.length)
      Object.assign(told, { 'Photo-Id': 'p', 'Photo-State': 'Done', 'Photo-Received-Sha256': 'r', 'Photo-Sha256': 's' })
    return new Response(null, { status: init.method === 'POST' ? 201 : 204, headers: told })
  }
}

describe('a photo', () => {
  const photo = new Blob([new Uint8Array(10_000).map((_, i) => i % 251)])
  const options = { pieceBytes: 1000, pause: () => Promise.resolve() }
  let pond: Pond

  beforeEach(() => {
    pond = new Pond()
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => pond.answer(url, init))
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is sent in pieces and its receipt given', async () => {
    const seen: number[] = []
    const receipt = await uploadPhoto(photo, INSPECTION, { ...options, onProgress: (safe) => seen.push(safe) })
    expect(receipt).toEqual({ state: 'Done', photoId: 'p', receivedSha256: 'r', storedSha256: 's' })
    expect(pond.kept).toEqual([...new Uint8Array(await photo.arrayBuffer())])
    expect(seen[0]).toBe(0)
    expect(seen.at(-1)).toBe(photo.size)
  })

  it('arrives though three of ten connections are cut, and hardly a byte is sent twice', async () => {
    pond.cuts = (request) => (request * 7) % 10 < 3
    await uploadPhoto(photo, INSPECTION, options)
    expect(pond.kept.length).toBe(photo.size)
    expect(pond.sent).toBeLessThanOrEqual(photo.size * 1.05)
    expect(pond.requests).toContain('HEAD /api/uploads/1')
  })

  it('that is no photo is refused at once, with the reason', async () => {
    pond.refuses = { status: 422, code: 'PictureBroken' }
    await expect(uploadPhoto(photo, INSPECTION, options)).rejects.toMatchObject({ status: 422, code: 'PictureBroken' })
    expect(pond.requests.length).toBe(2)
  })

  it('gives up when nothing gets through, and goes on from there later', async () => {
    pond.cuts = (request) => request > 4
    await expect(uploadPhoto(photo, INSPECTION, options)).rejects.toMatchObject({ status: 0 })
    pond.cuts = () => false
    expect((await uploadPhoto(photo, INSPECTION, options)).photoId).toBe('p')
    expect(pond.sent).toBeLessThanOrEqual(photo.size * 1.05)
  })
})
