# frozen_string_literal: true

# ActiveRecord: migrations, models with associations, schema reflection and dump, transactions.
require 'logger'
require 'bigdecimal'
require 'active_record'
require 'stringio'
require_relative 'checks'

puts "# ActiveRecord #{ActiveRecord.version}"
ActiveRecord::Migration.verbose = false
CONFIGURATION = { adapter: 'postgresql', host: WHERE[:host], port: WHERE[:port], database: WHERE[:dbname], username: WHERE[:user], pool: 5, min_messages: 'error' }.freeze

class Patient < ActiveRecord::Base
  self.table_name = 'ar_patients'
  has_many :visits, dependent: :destroy
  validates :name, presence: true
  scope :adults, -> { where('age >= ?', 18) }
end

class Visit < ActiveRecord::Base
  self.table_name = 'ar_visits'
  belongs_to :patient
  enum kind: { routine: 0, urgent: 1 }
end

class CreateTables < ActiveRecord::Migration[6.1]
  def change
    create_table :ar_patients do |t|
      t.string :name, null: false, limit: 60
      t.integer :age
      t.decimal :balance, precision: 10, scale: 2, default: 0
      t.boolean :active, default: true, null: false
      t.date :born
      t.binary :photo
      t.jsonb :doc, default: {}
      t.text :tags, array: true, default: []
      t.timestamps
      t.index :name
    end
    create_table :ar_visits do |t|
      t.references :patient, null: false, foreign_key: { to_table: :ar_patients }
      t.integer :kind, default: 0
      t.datetime :at
      t.uuid :token
      t.index %i[patient_id at], unique: true
    end
  end
end

def connection = ActiveRecord::Base.connection

def clean
  connection.execute('DROP TABLE IF EXISTS ar_visits, ar_patients')
end

def fresh
  clean
  ActiveRecord::Migration.suppress_messages { CreateTables.new.migrate(:up) }
  [Patient, Visit].each(&:reset_column_information)
end

check('a connection is made and alive') do
  ActiveRecord::Base.establish_connection(CONFIGURATION)
  equal(connection.active?, true)
  equal(connection.select_value('SELECT 1'), 1)
  raise connection.database_version.to_s if connection.database_version < 120_000
end
check('a migration creates tables with indexes and keys') { fresh }
check('a record is created and found') do
  fresh
  at = Time.utc(2024, 2, 29, 12, 30, 15)
  patient = Patient.create!(name: 'Zażółć', age: 40, balance: BigDecimal('12.50'), born: Date.new(1984, 2, 29), photo: "\x00\xFF".b,
                            doc: { 'k' => [1, nil] }, tags: ['a', 'x y'], created_at: at)
  got = Patient.find(patient.id)
  equal([got.name, got.age, got.balance, got.active, got.born, got.photo, got.doc, got.tags, got.created_at],
        ['Zażółć', 40, BigDecimal('12.50'), true, Date.new(1984, 2, 29), "\x00\xFF".b, { 'k' => [1, nil] }, ['a', 'x y'], at])
end
check('a record is updated and destroyed') do
  fresh
  patient = Patient.create!(name: 'a')
  patient.update!(name: 'b', tags: ['t'])
  equal(Patient.pluck(:name, :tags), [['b', ['t']]])
  patient.destroy!
  equal(Patient.count, 0)
end
check('a validation and a missing record are errors of ActiveRecord') do
  fresh
  fails(ActiveRecord::RecordInvalid) { Patient.create! }
  fails(ActiveRecord::RecordNotFound) { Patient.find(99) }
end
check('associations are loaded, joined and destroyed with their owner') do
  fresh
  patient = Patient.create!(name: 'a', visits: [Visit.new(at: Time.utc(2024, 1, 1)), Visit.new(at: Time.utc(2024, 1, 2), kind: :urgent)])
  equal(Patient.includes(:visits).map { |p| p.visits.size }, [2])
  equal(Patient.eager_load(:visits).where(ar_visits: { kind: 1 }).first.visits.map(&:kind), ['urgent'])
  equal(Patient.joins(:visits).group(:name).count, { 'a' => 2 })
  patient.destroy!
  equal(Visit.count, 0)
end
check('queries with scopes, conditions, order and limits are answered') do
  fresh
  Patient.insert_all!((1..30).map { |i| { name: "p#{i}", age: i, created_at: Time.now, updated_at: Time.now } })
  equal(Patient.adults.count, 13)
  equal(Patient.where(age: 3..5).or(Patient.where(age: nil)).order(age: :desc).pluck(:age), [5, 4, 3])
  equal(Patient.where.not(name: %w[p1 p2]).order(:id).offset(2).limit(2).pluck(:name), %w[p5 p6])
  equal([Patient.sum(:age), Patient.average(:age).to_f, Patient.maximum(:age)], [465, 15.5, 30])
  equal([Patient.exists?(name: 'p7'), Patient.exists?(name: 'q')], [true, false])
  equal(Patient.in_batches(of: 7).map(&:count), [7, 7, 7, 7, 2])
end
check('upsert_all updates what is there and returns keys') do
  fresh
  now = Time.now
  equal(Patient.upsert_all([{ id: 1, name: 'a', created_at: now, updated_at: now }], returning: %w[id name]).rows, [[1, 'a']])
  Patient.upsert_all([{ id: 1, name: 'b', created_at: now, updated_at: now }], unique_by: :id)
  equal(Patient.pluck(:name), ['b'])
end
check('update_all, delete_all and counters change rows') do
  fresh
  3.times { |i| Patient.create!(name: "p#{i}", age: i) }
  equal(Patient.where('age > 0').update_all('age = age + 10'), 2)
  Patient.find_by(name: 'p0').increment!(:age, 5)
  equal(Patient.order(:name).pluck(:age), [5, 11, 12])
  equal(Patient.where(name: 'p0').delete_all, 1)
end
check('nested transactions are savepoints') do
  fresh
  Patient.transaction do
    Patient.create!(name: 'kept')
    Patient.transaction(requires_new: true) { Patient.create!(name: 'undone'); raise ActiveRecord::Rollback }
  end
  fails(RuntimeError) { Patient.transaction { Patient.create!(name: 'undone'); raise 'no' } }
  equal(Patient.pluck(:name), ['kept'])
  equal(Patient.transaction(isolation: :serializable) { connection.select_value('SHOW transaction_isolation') }, 'serializable')
end
check('violations have a class') do
  fresh
  fails(ActiveRecord::NotNullViolation) { Patient.new.save!(validate: false) }
  fails(ActiveRecord::InvalidForeignKey) { connection.execute("INSERT INTO ar_visits (patient_id) VALUES (99)") }
  Patient.create!(id: 1, name: 'a')
  fails(ActiveRecord::RecordNotUnique) { Patient.create!(id: 1, name: 'b') }
  fails(ActiveRecord::StatementInvalid) { connection.execute('SELECT * FROM no_such_table') }
  fails(ActiveRecord::ValueTooLong) { Patient.create!(name: 'x' * 61) }
end
check('a row can be locked') do
  fresh
  Patient.create!(name: 'a')
  equal(Patient.transaction { Patient.lock.first.name }, 'a')
end
check('tables and views are listed') do
  fresh
  equal((connection.tables & %w[ar_patients ar_visits]).sort, %w[ar_patients ar_visits])
  equal([connection.table_exists?('ar_visits'), connection.table_exists?('no_such_table')], [true, false])
end
check('columns are reflected') do
  fresh
  got = connection.columns('ar_patients').map { |c| [c.name, c.sql_type, c.null] }
  equal(got.first(9), [['id', 'bigint', false], ['name', 'character varying(60)', false], ['age', 'integer', true], ['balance', 'numeric(10,2)', true],
                       ['active', 'boolean', false], ['born', 'date', true], ['photo', 'bytea', true], ['doc', 'jsonb', true], ['tags', 'text', true]])
end
check('the primary key is reflected') { fresh; equal(connection.primary_key('ar_patients'), 'id') }
check('indexes are reflected') do
  fresh
  equal(connection.indexes('ar_visits').map { |i| [i.columns, i.unique] }.sort_by(&:to_s), [[%w[patient_id at], true], [['patient_id'], false]])
end
check('foreign keys are reflected') do
  fresh
  equal(connection.foreign_keys('ar_visits').map { |k| [k.to_table, k.column, k.primary_key] }, [%w[ar_patients patient_id id]])
end
check('the schema is dumped as Ruby') do
  fresh
  out = StringIO.new
  ActiveRecord::SchemaDumper.dump(ActiveRecord::Base.connection, out)
  text = out.string
  ['create_table "ar_patients"', 't.string "name", limit: 60, null: false', 't.decimal "balance", precision: 10, scale: 2, default: "0.0"', 't.jsonb "doc", default: {}',
   't.text "tags", default: [], array: true', 'add_foreign_key "ar_visits", "ar_patients", column: "patient_id"'].each { |line| raise "no #{line} in #{text}" unless text.include?(line) }
end
check('a migration alters a table') do
  fresh
  connection.add_column(:ar_patients, :extra, :integer, default: 7)
  connection.rename_column(:ar_patients, :age, :years)
  connection.remove_column(:ar_patients, :photo)
  connection.change_column_null(:ar_patients, :extra, false)
  Patient.reset_column_information
  equal(Patient.create!(name: 'a', years: 3).reload.attributes.values_at('years', 'extra'), [3, 7])
end
check('prepared statements are used often') do
  fresh
  Patient.create!(name: 'a', age: 1)
  equal((0..9).map { |i| Patient.where(age: i).count }, [0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
end
check('a pool serves several threads and can be reset') do
  equal(5.times.map { |i| Thread.new { ActiveRecord::Base.connection_pool.with_connection { |c| c.select_value("SELECT #{i}") } } }.map(&:value), (0..4).to_a)
  connection.reset!
  equal(connection.select_value('SELECT 1'), 1)
end
clean
