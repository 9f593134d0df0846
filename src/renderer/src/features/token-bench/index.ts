export { TokenBenchPage } from './token-bench-page.tsx'
