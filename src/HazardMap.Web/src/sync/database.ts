/** What the device keeps for its accounts: what is still to be sent, and what was read of an area. */
const NAME = 'hazardmap-sync'

export const ENTRIES = 'entries'
export const WATERS = 'waters'
export const FACTS = 'facts'

type Store = typeof ENTRIES | typeof WATERS | typeof FACTS

/** Acts on stores in one transaction: all of it is on the disk when the promise is kept, or nothing of it. */
export async function inOne<T>(stores: Store[], act: (store: (name: Store) => IDBObjectStore) => T | Promise<T>): Promise<T> {
  const database = await opened()
  return new Promise<T>((done, fail) => {
    const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' })
    let result: T
    transaction.oncomplete = () => done(result)
    transaction.onerror = transaction.onabort = () => fail(transaction.error ?? new DOMException('aborted', 'AbortError'))
    Promise.resolve(act((name) => transaction.objectStore(name))).then((value) => (result = value), (reason) => {
      fail(reason)
      transaction.abort()
    })
  })
}

/** The answer of one request of a transaction. */
export function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
}

export async function read<T>(store: Store, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened()
  return asked(ask(database.transaction(store, 'readonly').objectStore(store)))
}

let opening: Promise<IDBDatabase> | null = null

function opened(): Promise<IDBDatabase> {
  return (opening ??= new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      const database = request.result
      database.createObjectStore(ENTRIES, { keyPath: 'order', autoIncrement: true }).createIndex('id', 'id', { unique: true })
      database.createObjectStore(WATERS)
      database.createObjectStore(FACTS)
    }
    request.onsuccess = () => {
      // Another version of the app may want to change it; the next use opens it again.
      request.result.onversionchange = () => {
        opening = null
        request.result.close()
      }
      request.result.onclose = () => (opening = null)
      done(request.result)
    }
    request.onerror = () => {
      opening = null
      fail(request.error)
    }
  }))
}
