// How the file was read before, a recipe to read it by, and the recipe of what is on the screen.
import { Alert, Button, FileButton, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Download, FileUp, History } from 'lucide-react';
import { failureOf } from '../../../../api/problem';
import { readRecipe } from '../../../../api/recipes';
import type { CheckResult, RecipeOrder } from '../../../../api/types';
import { download } from '../../../../files/download';
import { useFormats } from '../../../../format';
import { FailureView } from '../../../../shell/FailureView';
import { useText } from '../../../../text/useText';

const TOML = 'application/toml';

interface RecipeToolsProps {
  result: CheckResult;
  file: string;
  onFresh: () => void;
  onRecipe: (order: RecipeOrder) => void;
}

export function RecipeTools({ result, file, onFresh, onRecipe }: RecipeToolsProps) {
  const text = useText();
  const format = useFormats();
  const { remembered, recipe } = result;
  const reading = useMutation({
    mutationFn: async (chosen: File) => readRecipe(chosen.name, await chosen.text()),
    onSuccess: ({ order }) => {
      if (order) onRecipe(order);
    },
  });
  return (
    <>
      {remembered && (
        <Alert icon={<History size={18} aria-hidden />} color="blue">
          <p>
            {text('recipe.remembered', {
              name: remembered.name,
              at: format.dateTime(remembered.created_at),
            })}
          </p>
          <Button size="compact-sm" variant="default" mt="xs" onClick={onFresh}>
            {text('recipe.fresh')}
          </Button>
        </Alert>
      )}
      <Group>
        <FileButton
          accept=".toml"
          onChange={(chosen) => {
            if (chosen) reading.mutate(chosen);
          }}
        >
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={reading.isPending}
              leftSection={<FileUp size={14} aria-hidden />}
            >
              {text('recipe.use')}
            </Button>
          )}
        </FileButton>
        {recipe && (
          <Button
            size="xs"
            variant="default"
            leftSection={<Download size={14} aria-hidden />}
            onClick={() => download(recipe, `${file.replace(/\.\w+$/, '')}.toml`, TOML)}
          >
            {text('recipe.download')}
          </Button>
        )}
      </Group>
      {reading.error && <FailureView failure={failureOf(reading.error)} />}
      {(reading.data?.problems ?? []).length > 0 && (
        <Alert color="red" title={text('recipe.mistakes')} role="alert">
          <ul>
            {reading.data?.problems.map(({ place, detail, hint }) => (
              <li key={`${place.row} ${detail}`}>
                {text('recipe.mistake', {
                  file: place.file ?? '',
                  line: String(place.row ?? ''),
                  detail: [detail, hint].filter(Boolean).join(' '),
                })}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
