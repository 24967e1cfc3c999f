import { defineAsyncComponent, type Component } from 'vue'
import ChunkFailed from './ChunkFailed.vue'

/** A part of the app that is loaded when it is needed; where it does not come, that is said instead of a blank sheet. */
export function lazy<T extends Component>(load: () => Promise<{ default: T }>): T {
  return defineAsyncComponent({ loader: load as () => Promise<{ default: Component }>, errorComponent: ChunkFailed }) as unknown as T
}
