import { OTHER_MODELS } from '#core/view/frame.ts';
import { useFilterActions } from '../filter-actions.ts';
import { usePage } from '../use-page.ts';
import { modelColour, modelName } from './model-colour.ts';

/** Which band is which model; a click shows that model alone. */
export function ModelLegend({ models }: { readonly models: readonly string[] }) {
  const chosen = usePage((page) => page.filter.models);
  const { toggle } = useFilterActions();
  return (
    <ul className="legend" aria-label="Models">
      {models.map((model) => (
        <li key={model}>
          <button
            type="button"
            aria-pressed={chosen.includes(model)}
            disabled={model === OTHER_MODELS}
            onClick={() => toggle('models', model)}
          >
            <i style={{ background: modelColour(model) }} aria-hidden="true" />
            {modelName(model)}
          </button>
        </li>
      ))}
    </ul>
  );
}
