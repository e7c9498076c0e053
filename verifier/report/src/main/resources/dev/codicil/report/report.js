// Filters that live in the address (#f:kind=broken,fragile&q=buy), and keys. Without it the page shows everything.
(function () {
  'use strict';
  var bar = document.getElementById('filter');
  if (!bar) { return; }
  var items = Array.prototype.slice.call(document.querySelectorAll('[data-kind]'));
  var kinds = Array.prototype.slice.call(bar.querySelectorAll('button[data-filter]'));
  var query = document.getElementById('filter-text');
  var told = document.getElementById('filter-count');
  var folds = Array.prototype.slice.call(document.querySelectorAll('details.fold'));
  var texts = items.map(function (item) { return (item.getAttribute('data-text') || '').toLowerCase(); });
  bar.hidden = false;

  function chosen() {
    return kinds.filter(function (kind) { return kind.getAttribute('aria-pressed') === 'true'; })
      .map(function (kind) { return kind.getAttribute('data-filter'); });
  }

  function apply(write) {
    var wanted = chosen();
    var words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    items.forEach(function (item, i) {
      var fits = (!wanted.length || wanted.indexOf(item.getAttribute('data-kind')) >= 0) &&
        words.every(function (word) { return texts[i].indexOf(word) >= 0; });
      item.hidden = !fits;
      if (fits) { shown += +item.getAttribute('data-count'); }
    });
    var narrowed = wanted.length > 0 || words.length > 0;
    folds.forEach(function (fold) {
      var inside = fold.querySelectorAll('[data-kind]');
      if (!inside.length) { return; }
      var some = fold.querySelector('[data-kind]:not([hidden])');
      fold.hidden = !some;
      if (narrowed && some && wanted.length) { fold.open = true; }
    });
    told.textContent = narrowed ? shown + ' of ' + bar.getAttribute('data-total') + ' findings' : '';
    if (write) {
      var parts = [];
      if (wanted.length) { parts.push('kind=' + wanted.join(',')); }
      if (words.length) { parts.push('q=' + encodeURIComponent(query.value.trim())); }
      var hash = parts.length ? '#f:' + parts.join('&') : '#';
      try { history.replaceState(null, '', hash); } catch (offline) { /* some viewers forbid it */ }
    }
  }

  function read() {
    if (location.hash.slice(0, 3) !== '#f:') { return; }
    var wanted = [];
    var text = '';
    location.hash.slice(3).split('&').forEach(function (part) {
      var at = part.indexOf('=');
      var value = part.slice(at + 1);
      if (part.slice(0, at) === 'kind') { wanted = value.split(','); }
      if (part.slice(0, at) === 'q') { try { text = decodeURIComponent(value); } catch (bad) { text = ''; } }
    });
    kinds.forEach(function (kind) {
      kind.setAttribute('aria-pressed', wanted.indexOf(kind.getAttribute('data-filter')) >= 0 ? 'true' : 'false');
    });
    query.value = text;
    apply(false);
  }

  kinds.forEach(function (kind) {
    kind.addEventListener('click', function () {
      kind.setAttribute('aria-pressed', kind.getAttribute('aria-pressed') === 'true' ? 'false' : 'true');
      apply(true);
    });
  });
  query.addEventListener('input', function () { apply(true); });
  window.addEventListener('hashchange', read);

  function step(by) {
    var seen = items.filter(function (item) { return !item.hidden && item.offsetParent !== null; });
    if (!seen.length) { return; }
    var now = seen.indexOf(document.activeElement.closest ? document.activeElement.closest('[data-kind]') : null);
    var next = seen[Math.max(0, Math.min(seen.length - 1, now < 0 ? (by > 0 ? 0 : seen.length - 1) : now + by))];
    next.focus();
    next.scrollIntoView({ block: 'start' });
  }

  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === 'Escape' && event.target === query) { query.value = ''; apply(true); query.blur(); return; }
    if (typing) { return; }
    if (event.key === '/') { event.preventDefault(); query.focus(); }
    if (event.key === 'j') { step(1); }
    if (event.key === 'k') { step(-1); }
  });
  read();
})();
