// The register's waters as SAP CAP serves a table that exists: nothing is deployed; the service entity is the database view.
// CAP has no geography: positions are two numbers with an index over both, shapes are GeoJSON made by the database.
@path: '/odata'
service Register {
  @readonly
  @cds.persistence.exists
  entity Hazards {
    key id : UUID;
    code : String; name : String; kind : String;
    longitude : Double; latitude : Double; location : LargeString; shape : LargeString;
    division_code : String; depth_metres : Double; flow : String; bank : String; access : String;
    has_sign : Boolean; has_ring : Boolean; has_rope : Boolean; has_pole : Boolean; has_camera : Boolean;
    owner_unit : String; status : String; risk_score : Double; risk_level : String; risk_rule : String;
    last_inspected_at : Timestamp; next_inspection_due_at : Timestamp;
    is_synthetic : Boolean; source : String; created_at : Timestamp; updated_at : Timestamp; version : Integer;
  }
}
