/** The job with AG Grid Community, without a framework: cells are drawn by hand, and rows are changed in transactions. */
import { AllCommunityModule, createGrid, ModuleRegistry, themeQuartz } from 'ag-grid-community';
import { people, perform, ROLES } from './job.js';

ModuleRegistry.registerModules([AllCommunityModule]);

class RoleCell {
  init(params) {
    this.element = document.createElement('div');
    this.element.className = 'roles';
    this.radios = ROLES.map(role => {
      const radio = document.createElement('input');
      radio.type = 'radio';
      radio.ariaLabel = role;
      radio.addEventListener('change', () => this.node.setDataValue('role', role));
      this.element.append(radio);
      return radio;
    });
    this.refresh(params);
  }
  getGui() {
    return this.element;
  }
  refresh({ node, value }) {
    this.node = node;
    this.radios.forEach((radio, at) => {
      radio.checked = ROLES[at] === value;
    });
    return true;
  }
}

class SwitchCell {
  init(params) {
    this.element = document.createElement('input');
    this.element.type = 'checkbox';
    this.element.role = 'switch';
    this.element.addEventListener('change', () => this.node.setDataValue('receives', this.element.checked));
    this.refresh(params);
  }
  getGui() {
    return this.element;
  }
  refresh({ node, value }) {
    this.node = node;
    this.element.checked = value;
    return true;
  }
}

perform(box => {
  const roleBefore = new Map(people.map(({ id, role }) => [id, role]));
  const rows = structuredClone(people);
  const api = createGrid(box, {
    theme: themeQuartz,
    rowData: rows,
    rowHeight: 44,
    getRowId: ({ data }) => data.id,
    rowSelection: { mode: 'multiRow', selectAll: 'filtered' },
    columnDefs: [
      { field: 'name', flex: 1, getQuickFilterText: ({ data }) => data.text },
      { field: 'group', width: 160, getQuickFilterText: () => '' },
      { field: 'role', width: 260, cellRenderer: RoleCell, getQuickFilterText: () => '' },
      { field: 'receives', width: 120, cellRenderer: SwitchCell, getQuickFilterText: () => '' },
    ],
  });
  return {
    search: typed => api.setGridOption('quickFilterText', typed),
    setTicked: role =>
      api.applyTransaction({
        update: api
          .getSelectedRows()
          .map(row => Object.assign({}, row, { role: role ?? roleBefore.get(row.id) })),
      }),
    found: () => api.getDisplayedRowCount(),
    withRole(role) {
      let count = 0;
      api.forEachNode(({ data }) => {
        if (data.role === role) count += 1;
      });
      return count;
    },
    leave: () => api.destroy(),
  };
});
