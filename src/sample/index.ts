export { type City, type CityRequest, writeCity } from './city.ts'
