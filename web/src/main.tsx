// Where the browser begins.
// In a layer of its own, so that the styles of a page win in whatever order their files are loaded.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './style/fonts.css';
import './style/tokens.css';
import './style/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { makeQueries } from './queries';
import { makeRouter } from './router';
import { refreshWhenBack } from './shell/connection';
import { reloadAfterMissingParts } from './shell/missingParts';
import { shareNews } from './shell/news';
import { needTexts } from './text/catalogue';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root"');

// On their way while everything else is made.
void needTexts('shell');
const queries = makeQueries();
refreshWhenBack(queries);
reloadAfterMissingParts();
shareNews(queries);
createRoot(root).render(<App queries={queries} router={makeRouter(queries)} />);
