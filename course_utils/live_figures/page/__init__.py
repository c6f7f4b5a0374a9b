"""The page's side of live figures: one engine in JavaScript (`src`, bundled as `page.js`), and what it is told."""
