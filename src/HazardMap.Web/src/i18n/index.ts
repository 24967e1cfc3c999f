import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import { formatsFor } from './format'
import { en } from './en'
import { preferredLocale, type Locale } from './preferred'
import { zh } from './zh'

const STORED = 'hazardmap.locale'

export const i18n = createI18n({
  legacy: false,
  locale: preferredLocale(localStorage.getItem(STORED), navigator.languages),
  fallbackLocale: 'en',
  messages: { zh, en },
})

export const locale = computed(() => i18n.global.locale.value as Locale)
export const formats = computed(() => formatsFor(locale.value))

export function setLocale(chosen: Locale): void {
  localStorage.setItem(STORED, chosen)
  i18n.global.locale.value = chosen
  announce(chosen)
}

function announce(chosen: Locale): void {
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en'
  document.title = i18n.global.t('app.title')
}
announce(locale.value)
