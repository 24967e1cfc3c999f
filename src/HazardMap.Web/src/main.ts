import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n'
import { followConnection } from './offline/connection'
import { keepApp } from './offline/worker'
import './styles/base.css'

const FIRST_DRAW_MS = 3000

followConnection()
createApp(App).use(i18n).mount('#app')
// The first look goes before what is kept for later ones.
if (import.meta.env.PROD) window.setTimeout(() => void keepApp().catch(() => {}), FIRST_DRAW_MS)
