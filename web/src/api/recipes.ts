// Recipes: what one asks for, and the address of the one of a version; and the library whose
// activities labels can stand for.
import { queryOptions } from '@tanstack/react-query';
import { address, get, post } from './client';
import type { LibraryActivity, RecipeReading } from './types';

export function readRecipe(name: string, text: string): Promise<RecipeReading> {
  return post<RecipeReading>('/recipes', { name, text });
}

export function recipeAddress(log: number, version: number): string {
  return address(`/logs/${log}/versions/${version}/recipe`);
}

interface Library {
  library: { activities: LibraryActivity[]; process: { key: string } };
}

export const libraryQuery = queryOptions({
  queryKey: ['library'],
  queryFn: async ({ signal }) => (await get<Library>('/library', { signal })).library,
  staleTime: Number.POSITIVE_INFINITY,
});
