import { ApiError, call } from '../api/http'

/** What the service says of a photo that it keeps. */
export interface PhotoReceipt {
  /** `Waiting`: kept, and a photo as soon as its inspection has arrived. */
  state: 'Waiting' | 'Done'
  photoId: string
  /** SHA-256 of what was sent, and of the picture as it is kept. */
  receivedSha256: string
  storedSha256: string
}

export interface UploadOptions {
  filename?: string
  /** Bytes that are safe at the service, of all. */
  onProgress?: (safe: number, all: number) => void
  signal?: AbortSignal
  pieceBytes?: number
  /** How often in a row nothing may get through before it gives up; it goes on from there when it is called again. */
  patience?: number
  /** Waits before another try. */
  pause?: (milliseconds: number) => Promise<void>
}

const UPLOADS = '/api/uploads'
const TUS = { 'Tus-Resumable': '1.0.0' }
const PIECE_BYTES = 128 * 1024
const PATIENCE = 8
const LONGEST_PAUSE = 20_000

/** A conflict about the offset, a piece that changed on its way, too much at once, a service that is away: asked again, it may go on. */
const PASSING = [0, 408, 409, 423, 425, 429, 460, 500, 502, 503, 504]

/**
 * Sends a photo of an inspection in pieces (tus 1.0.0), as often as the connection is cut, and resolves with the service's receipt. To
 * begin again after a restart is to call it again: the service knows the photo by its digest and says how much of it is there. The
 * inspection may arrive later than its photo. Rejects with an ApiError that says why the photo is not taken, or that nothing gets through.
 */
export async function uploadPhoto(photo: Blob, inspectionId: string, options: UploadOptions = {}): Promise<PhotoReceipt> {
  const { onProgress, signal, pieceBytes = PIECE_BYTES, patience = PATIENCE, pause = wait } = options
  const metadata = await metadataOf(photo, inspectionId, options.filename)
  let upload: string | null = null
  let furthest = -1
  for (let failures = 0; ; ) {
    try {
      signal?.throwIfAborted()
      const answer: Response = upload === null ? await begin(photo, metadata, signal) : await ask(upload, signal)
      upload ??= new URL(answer.headers.get('Location') ?? UPLOADS, 'http://here').pathname
      let safe = Number(answer.headers.get('Upload-Offset') ?? 0)
      let receipt = receiptOf(answer)
      while (!receipt) {
        if (safe > furthest) failures = 0
        furthest = Math.max(furthest, safe)
        onProgress?.(safe, photo.size)
        const sent = await send(upload, safe, photo.slice(safe, safe + pieceBytes), signal)
        safe = Number(sent.headers.get('Upload-Offset'))
        receipt = receiptOf(sent)
      }
      onProgress?.(photo.size, photo.size)
      return receipt
    } catch (reason) {
      if (!(reason instanceof ApiError) || signal?.aborted) throw reason
      // One that was called off or came too late begins anew.
      if (upload !== null && (reason.status === 404 || reason.status === 410)) upload = null
      else if (!PASSING.includes(reason.status)) throw reason
      if (++failures >= patience) throw reason
      await pause(Math.min(500 * 2 ** (failures - 1), LONGEST_PAUSE))
    }
  }
}

function begin(photo: Blob, metadata: string, signal?: AbortSignal): Promise<Response> {
  const headers = { ...TUS, 'Upload-Length': String(photo.size), 'Upload-Metadata': metadata }
  return call(UPLOADS, { method: 'POST', headers, signal })
}

function ask(upload: string, signal?: AbortSignal): Promise<Response> {
  return call(upload, { method: 'HEAD', headers: TUS, signal })
}

function send(upload: string, offset: number, piece: Blob, signal?: AbortSignal): Promise<Response> {
  const headers = { ...TUS, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' }
  return call(upload, { method: 'PATCH', headers, bytes: piece, signal })
}

function receiptOf(answer: Response): PhotoReceipt | null {
  const { headers } = answer
  const photoId = headers.get('Photo-Id')
  if (photoId === null) return null
  return {
    state: headers.get('Photo-State') === 'Waiting' ? 'Waiting' : 'Done',
    photoId,
    receivedSha256: headers.get('Photo-Received-Sha256') ?? '',
    storedSha256: headers.get('Photo-Sha256') ?? '',
  }
}

async function metadataOf(photo: Blob, inspectionId: string, filename?: string): Promise<string> {
  const values = [`inspection ${base64(inspectionId)}`]
  if (filename) values.push(`filename ${base64(filename)}`)
  values.push(`sha256 ${base64(hex(await crypto.subtle.digest('SHA-256', await photo.arrayBuffer())))}`)
  return values.join(',')
}

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
