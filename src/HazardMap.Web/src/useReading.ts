import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { ApiError } from './api/http'

/** What is read anew whenever its source changes: the old answer goes at once and never overtakes a newer one. */
export function useReading<T>(
  source: () => unknown,
  read: (signal: AbortSignal) => Promise<T>,
): { answer: ShallowRef<T | null>; failure: ShallowRef<ApiError | null> } {
  const answer = shallowRef<T | null>(null)
  const failure = shallowRef<ApiError | null>(null)
  let reading: AbortController | null = null

  watch(
    source,
    async () => {
      reading?.abort()
      const { signal } = (reading = new AbortController())
      answer.value = null
      failure.value = null
      try {
        const found = await read(signal)
        if (!signal.aborted) answer.value = found
      } catch (error) {
        if (!signal.aborted) failure.value = ApiError.of(error)
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => reading?.abort())
  return { answer, failure }
}
